// An exporter that remembers what was refused: the SDK itself only logs it.
const failures = [];

export function observed(exporter) {
  const inner = exporter.export.bind(exporter);
  exporter.export = (items, done) =>
    inner(items, (result) => {
      if (result.code !== 0) failures.push(result.error);
      done(result);
    });
  return exporter;
}

export function failIfRefused() {
  if (failures.length > 0) {
    console.error(failures);
    process.exit(1);
  }
}
