/** Line icons on a grid of 16, drawn in the colour of the text around them. */
const PATHS = {
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.6-1.4L14 14',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 5v3.2l2.2 1.3',
  refresh: 'M13 3v3.2H9.8M12.8 6.2A5.2 5.2 0 1 0 13 9.6',
  left: 'M10 3.5 5.5 8l4.5 4.5',
  right: 'M6 3.5 10.5 8 6 12.5',
  down: 'M4 6.2 8 10.2l4-4',
  up: 'M4 9.8 8 5.8l4 4',
  close: 'm4 4 8 8m0-8-8 8',
  plus: 'M8 3.5v9M3.5 8h9',
  minus: 'M3.5 8h9',
  check: 'm3.5 8.5 3 3 6-7',
  copy: 'M5.5 5.5v-3h8v8h-3m-8-5h8v8h-8v-8Z',
  sun: 'M8 10.8A2.8 2.8 0 1 0 8 5.2a2.8 2.8 0 0 0 0 5.6ZM8 1.5v1.4m0 10.2v1.4M1.5 8h1.4m10.2 0h1.4M3.4 3.4l1 1m7.2 7.2 1 1m0-9.2-1 1m-7.2 7.2-1 1',
  moon: 'M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8Z',
  play: 'M5 3.2v9.6L12.6 8 5 3.2Z',
  stop: 'M4.5 4.5h7v7h-7z',
  columns: 'M2.5 3h11v10h-11V3Zm3.7 0v10m3.6-10v10',
  wrap: 'M2.5 3.5h11m-11 4.5h8.2a2.3 2.3 0 0 1 0 4.6H8.2m-5.7 0h2m5.4-1.8-1.8 1.8 1.8 1.8',
  download: 'M8 2.5v7.6M4.8 7 8 10.2 11.2 7M2.5 13.5h11',
  link: 'M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.3-2.3a2.6 2.6 0 0 0-3.7-3.7l-.8.8m.9 2.8a2.6 2.6 0 0 0-3.7 0L3.2 9.1a2.6 2.6 0 0 0 3.7 3.7l.8-.8',
  star: 'm8 2.2 1.7 3.7 4 .5-3 2.7.8 4L8 11.1l-3.5 2 .8-4-3-2.7 4-.5L8 2.2Z',
  sql: 'M3 4c0-1 2.2-1.8 5-1.8s5 .8 5 1.8-2.2 1.8-5 1.8S3 5 3 4Zm0 0v8c0 1 2.2 1.8 5 1.8s5-.8 5-1.8V4M3 8c0 1 2.2 1.8 5 1.8s5-.8 5-1.8',
  question: 'M6 6.2a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.4m0 2.1v.1M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4Z',
  warning: 'M8 2.2 1.9 13h12.2L8 2.2Zm0 4v3.4m0 1.8v.1',
  trace: 'M2.5 3.5h6M5 8h6m-2.5 4.5h5',
  expand: 'M9.5 2.5h4v4m0-4-5 5m-2 6h-4v-4m0 4 5-5',
  bars: 'M3 13.5V9m3.3 4.5v-8m3.4 8V7m3.3 6.5v-11',
  sidebar: 'M2.5 3h11v10h-11V3Zm4 0v10',
  share: 'M6.2 9.8 13 3m0 0H8.8M13 3v4.2M7 4H3v9h9V9',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
