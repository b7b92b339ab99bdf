// What Maven runs: installs the packages and builds the UI, each only if something changed since.
//   node build.mjs OUTPUT_FOLDER
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const output = resolve(process.argv[2] ?? join(here, 'target/ui'));

/** All files below a folder, sorted. */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file.slice(here.length)).update('\0').update(readFileSync(file));
  return hash.digest('hex');
}

function run(...command) {
  const windows = process.platform === 'win32';
  const ended = spawnSync(command[0], command.slice(1), {
    cwd: here,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, LODGE_UI_OUT: output },
    shell: windows,
  });
  if (ended.status !== 0) {
    console.error(`cannot build the UI: ${command.join(' ')} failed${ended.error ? `: ${ended.error.message}` : ''}`);
    process.exit(1);
  }
}

/** Does the work unless the stamp says that it was done for the same input. */
function once(stamp, input, work) {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === input) return;
  work();
  writeFileSync(stamp, input);
}

const packages = ['package.json', 'package-lock.json'].map((name) => join(here, name));
const sources = ['index.html', 'vite.config.ts', 'tsconfig.json', 'build.mjs'].map((name) => join(here, name));

const installed = hashOf(packages);
once(join(here, 'node_modules/.lodge-installed'), installed, () =>
  run('npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'),
);

once(join(output, '.built'), hashOf([...packages, ...sources, ...filesBelow(join(here, 'src'))]), () => {
  run(process.execPath, 'node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn');
  // The server sends these as they are to whoever takes them.
  for (const file of filesBelow(join(output, 'assets'))) {
    if (!/\.(js|css|svg)$/.test(file)) continue;
    const bytes = readFileSync(file);
    writeFileSync(`${file}.br`, brotliCompressSync(bytes));
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  }
});
