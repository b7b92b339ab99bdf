const WIDTH = 240;
const HEIGHT = 30;

/** Fewer values than this do not fill the width: the first seconds are no history yet. */
const STEPS_MIN = 12;

/** Values one after the other, the newest at the right, from zero. */
export function Trend({ values, label }: { values: readonly number[]; label: string }) {
  const highest = values.reduce((most, value) => Math.max(most, value), 0) || 1;
  const x = (at: number): number => WIDTH - ((values.length - 1 - at) / Math.max(values.length - 1, STEPS_MIN)) * WIDTH;
  const y = (value: number): number => HEIGHT - 1 - (Math.max(value, 0) / highest) * (HEIGHT - 4);
  const line = values.map((value, at) => `${at === 0 ? 'M' : 'L'}${x(at).toFixed(1)},${y(value).toFixed(1)}`).join('');
  return (
    <svg class="trend" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {values.length > 1 && <path class="under" d={`${line}L${WIDTH},${HEIGHT}L${x(0)},${HEIGHT}Z`} />}
      {values.length > 1 && <path class="line" d={line} />}
      <path class="ground" d={`M0,${HEIGHT - 0.5}H${WIDTH}`} />
    </svg>
  );
}
