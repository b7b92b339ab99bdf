/** How often, in the unit that reads best: `120/s`, `3.4/s`, `12/min`, `1/h`. */
export function writeRate(perSecond: number): string {
  if (perSecond === 0) return '0';
  if (perSecond >= 0.1) return `${shortened(perSecond)}/s`;
  if (perSecond * 60 >= 0.95) return `${shortened(perSecond * 60)}/min`;
  return `${shortened(perSecond * 3600)}/h`;
}

function shortened(n: number): string {
  if (n >= 1e6) return `${(n / 1e6).toFixed(1)}M`;
  if (n >= 10_000) return `${(n / 1000).toFixed(n >= 100_000 ? 0 : 1)}k`;
  return n >= 9.95 ? String(Math.round(n)) : n.toFixed(1).replace(/\.0$/, '');
}
