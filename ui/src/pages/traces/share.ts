/** A share of errors with two digits: `0.04 %`, `1.2 %`, `38 %`; never `0 %` for more than none, nor `100 %` for less than all. */
export function share(of: number): string {
  const percent = of * 100;
  if (percent === 0) return '0 %';
  if (percent < 0.01) return '<0.01 %';
  if (percent > 99 && percent < 100) return '>99 %';
  const digits = percent >= 10 ? 0 : percent >= 1 ? 1 : 2;
  return `${percent.toFixed(digits)} %`;
}
