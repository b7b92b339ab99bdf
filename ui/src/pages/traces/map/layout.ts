// Where the services of a map lie: in layers from callers to callees, after Sugiyama. The same graph is always the same picture.

export type Arrow = { readonly from: string; readonly to: string };

export type Placed = { readonly name: string; readonly layer: number; readonly x: number; readonly y: number };

/** Top left corners of nodes, and the points that arrows go through: from the caller's right side to the callee's left. */
export type MapLayout = {
  readonly nodes: readonly Placed[];
  readonly paths: readonly (Arrow & { readonly points: readonly Point[]; readonly back: boolean })[];
  readonly width: number;
  readonly height: number;
};

export type Point = { readonly x: number; readonly y: number };

export type Sizes = { readonly width: number; readonly height: number; readonly gapX: number; readonly gapY: number };

/** A node, or a bend: a place that an arrow over several layers keeps free. */
type Stop = { readonly id: string; readonly bend: boolean; readonly layer: number; place: number; y: number };

export function layoutOf(names: readonly string[], arrows: readonly Arrow[], sizes: Sizes): MapLayout {
  const nodes = [...new Set(names)].sort();
  const known = new Set(nodes);
  const links = distinct(arrows.filter((arrow) => arrow.from !== arrow.to && known.has(arrow.from) && known.has(arrow.to)));
  const back = backArrows(nodes, links);
  const forward = links.map((link) => (back.has(key(link)) ? { from: link.to, to: link.from } : link));
  const layers = layersOf(nodes, distinct(forward));
  const { rows, chains } = withBends(nodes, links, back, layers);
  order(rows, chains);
  placeVertically(rows, chains, sizes);
  return drawn(nodes, links, back, rows, chains, sizes);
}

const key = (arrow: Arrow): string => `${arrow.from}\n${arrow.to}`;

const distinct = (arrows: readonly Arrow[]): readonly Arrow[] =>
  [...new Map(arrows.map((arrow) => [key(arrow), arrow])).values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));

/** Arrows that close a ring, found by depth-first search from the services that nobody calls. */
function backArrows(nodes: readonly string[], arrows: readonly Arrow[]): ReadonlySet<string> {
  const out = new Map<string, string[]>(nodes.map((name) => [name, []]));
  const called = new Set<string>();
  for (const { from, to } of arrows) {
    out.get(from)?.push(to);
    called.add(to);
  }
  const back = new Set<string>();
  const state = new Map<string, 'open' | 'done'>();
  const visit = (name: string): void => {
    state.set(name, 'open');
    for (const next of out.get(name) ?? []) {
      if (state.get(next) === 'open') back.add(key({ from: name, to: next }));
      else if (!state.has(next)) visit(next);
    }
    state.set(name, 'done');
  };
  for (const name of [...nodes.filter((node) => !called.has(node)), ...nodes]) if (!state.has(name)) visit(name);
  return back;
}

/** One layer further than the last caller; then callers that nobody calls move next to their first callee. */
function layersOf(nodes: readonly string[], arrows: readonly Arrow[]): ReadonlyMap<string, number> {
  const layers = new Map(nodes.map((name) => [name, 0]));
  const at = (name: string): number => layers.get(name) ?? 0;
  for (let round = 0, changed = true; changed && round <= nodes.length; round++) {
    changed = false;
    for (const { from, to } of arrows) {
      if (at(to) > at(from)) continue;
      layers.set(to, at(from) + 1);
      changed = true;
    }
  }
  for (const name of nodes) {
    if (arrows.some((arrow) => arrow.to === name)) continue;
    const callees = arrows.filter((arrow) => arrow.from === name).map((arrow) => at(arrow.to));
    if (callees.length > 0) layers.set(name, Math.min(...callees) - 1);
  }
  return layers;
}

type Chain = { readonly arrow: Arrow; readonly stops: readonly Stop[] };

/** Every arrow becomes a chain of stops, one in each layer it crosses, in the direction of layers. */
function withBends(nodes: readonly string[], links: readonly Arrow[], back: ReadonlySet<string>, layers: ReadonlyMap<string, number>) {
  const depth = Math.max(0, ...layers.values()) + 1;
  const rows: Stop[][] = Array.from({ length: depth }, () => []);
  const add = (id: string, bend: boolean, layer: number): Stop => {
    const row = rows[layer] as Stop[];
    const stop = { id, bend, layer, place: row.length, y: 0 };
    row.push(stop);
    return stop;
  };
  const stops = new Map(nodes.map((name) => [name, add(name, false, layers.get(name) ?? 0)]));
  const chains: Chain[] = links.map((arrow) => {
    const [first, last] = back.has(key(arrow)) ? [arrow.to, arrow.from] : [arrow.from, arrow.to];
    const [start, end] = [stops.get(first) as Stop, stops.get(last) as Stop];
    const bends: Stop[] = [];
    for (let layer = start.layer + 1; layer < end.layer; layer++) bends.push(add(key(arrow), true, layer));
    return { arrow, stops: [start, ...bends, end] };
  });
  return { rows, chains };
}

const SWEEPS = 12;

/** Sorts each layer by where its neighbours lie, forth and back, so that few arrows cross. */
function order(rows: readonly Stop[][], chains: readonly Chain[]): void {
  const { before, after } = neighbours(chains);
  let best = { crossings: crossings(chains), places: placesOf(rows) };
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forth = sweep % 2 === 0;
    for (const row of forth ? rows : [...rows].reverse()) sortByMiddle(row, forth ? before : after);
    const now = crossings(chains);
    if (now < best.crossings) best = { crossings: now, places: placesOf(rows) };
  }
  for (const row of rows) {
    row.sort((a, b) => (best.places.get(a) ?? 0) - (best.places.get(b) ?? 0));
    row.forEach((stop, place) => (stop.place = place));
  }
}

const placesOf = (rows: readonly Stop[][]): ReadonlyMap<Stop, number> => new Map(rows.flat().map((stop) => [stop, stop.place]));

function neighbours(chains: readonly Chain[]) {
  const before = new Map<Stop, Stop[]>();
  const after = new Map<Stop, Stop[]>();
  const add = (map: Map<Stop, Stop[]>, stop: Stop, other: Stop): void => void map.set(stop, [...(map.get(stop) ?? []), other]);
  for (const { stops } of chains) {
    for (let at = 1; at < stops.length; at++) {
      add(before, stops[at] as Stop, stops[at - 1] as Stop);
      add(after, stops[at - 1] as Stop, stops[at] as Stop);
    }
  }
  return { before, after };
}

function sortByMiddle(row: Stop[], of: ReadonlyMap<Stop, readonly Stop[]>): void {
  const middle = (stop: Stop): number => {
    const others = of.get(stop) ?? [];
    return others.length === 0 ? stop.place : others.reduce((sum, other) => sum + other.place, 0) / others.length;
  };
  const middles = new Map(row.map((stop) => [stop, middle(stop)]));
  row.sort((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0) || a.place - b.place || (a.id < b.id ? -1 : 1));
  row.forEach((stop, place) => (stop.place = place));
}

/** How many pairs of arrows cross between neighbouring layers: inversions, counted while they are merged. */
function crossings(chains: readonly Chain[]): number {
  const byLayer = new Map<number, (readonly [from: number, to: number])[]>();
  for (const { stops } of chains) {
    for (let at = 1; at < stops.length; at++) {
      const [from, to] = [stops[at - 1] as Stop, stops[at] as Stop];
      const steps = byLayer.get(from.layer);
      if (steps) steps.push([from.place, to.place]);
      else byLayer.set(from.layer, [[from.place, to.place]]);
    }
  }
  let count = 0;
  for (const steps of byLayer.values()) {
    steps.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    count += inversions(steps.map(([, to]) => to)).count;
  }
  return count;
}

function inversions(list: readonly number[]): { readonly sorted: readonly number[]; readonly count: number } {
  if (list.length < 2) return { sorted: list, count: 0 };
  const middle = list.length >> 1;
  const [left, right] = [inversions(list.slice(0, middle)), inversions(list.slice(middle))];
  const sorted: number[] = [];
  let count = left.count + right.count;
  let at = 0;
  for (const value of right.sorted) {
    while (at < left.sorted.length && (left.sorted[at] as number) <= value) sorted.push(left.sorted[at++] as number);
    count += left.sorted.length - at;
    sorted.push(value);
  }
  return { sorted: [...sorted, ...left.sorted.slice(at)], count };
}

/** Each stop as near to the middle of its neighbours as the others of its layer let it. */
function placeVertically(rows: readonly Stop[][], chains: readonly Chain[], sizes: Sizes): void {
  const { before, after } = neighbours(chains);
  const high = (stop: Stop): number => (stop.bend ? sizes.gapY : sizes.height);
  for (const row of rows) {
    let y = 0;
    for (const stop of row) {
      stop.y = y + high(stop) / 2;
      y += high(stop) + sizes.gapY;
    }
    for (const stop of row) stop.y -= y / 2;
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const row of sweep % 2 === 0 ? rows : [...rows].reverse()) {
      const wanted = row.map((stop) => {
        const others = [...(before.get(stop) ?? []), ...(after.get(stop) ?? [])];
        return others.length === 0 ? stop.y : others.reduce((sum, other) => sum + other.y, 0) / others.length;
      });
      spread(row, wanted, (above, below) => (high(above) + high(below)) / 2 + sizes.gapY);
    }
  }
}

/** Puts stops where they want to be; those that would overlap share the middle of what they want (pool adjacent violators). */
function spread(row: readonly Stop[], wanted: readonly number[], distance: (above: Stop, below: Stop) => number): void {
  const offsets = [0];
  for (let at = 1; at < row.length; at++) offsets.push((offsets[at - 1] ?? 0) + distance(row[at - 1] as Stop, row[at] as Stop));
  const groups: { sum: number; count: number }[] = [];
  for (let at = 0; at < row.length; at++) {
    groups.push({ sum: (wanted[at] ?? 0) - (offsets[at] ?? 0), count: 1 });
    for (let last = groups.at(-1), prior = groups.at(-2); last && prior && prior.sum / prior.count > last.sum / last.count; ) {
      groups.splice(-2, 2, { sum: prior.sum + last.sum, count: prior.count + last.count });
      last = groups.at(-1);
      prior = groups.at(-2);
    }
  }
  let at = 0;
  for (const { sum, count } of groups) {
    for (let n = 0; n < count; n++, at++) (row[at] as Stop).y = sum / count + (offsets[at] ?? 0);
  }
}

function drawn(nodes: readonly string[], links: readonly Arrow[], back: ReadonlySet<string>, rows: readonly Stop[][], chains: readonly Chain[], sizes: Sizes): MapLayout {
  const stops = rows.flat();
  const top = Math.min(0, ...stops.map((stop) => stop.y - sizes.height / 2));
  const bottom = Math.max(0, ...stops.map((stop) => stop.y + sizes.height / 2));
  const left = (stop: Stop): number => stop.layer * (sizes.width + sizes.gapX);
  const placed = stops.filter((stop) => !stop.bend).map((stop) => ({ name: stop.id, layer: stop.layer, x: left(stop), y: stop.y - sizes.height / 2 - top }));
  const paths = chains.map(({ arrow, stops: chain }) => {
    const points = chain.flatMap((stop, at): readonly Point[] => {
      const y = stop.y - top;
      const ends = at === 0 ? [left(stop) + sizes.width] : at === chain.length - 1 ? [left(stop)] : [left(stop), left(stop) + sizes.width];
      return ends.map((x) => ({ x, y }));
    });
    const reversed = back.has(key(arrow));
    return { ...arrow, back: reversed, points: reversed ? points.reverse() : points };
  });
  const depth = rows.length;
  return {
    nodes: placed.sort((a, b) => nodes.indexOf(a.name) - nodes.indexOf(b.name)),
    paths: paths.sort((a, b) => links.findIndex((link) => key(link) === key(a)) - links.findIndex((link) => key(link) === key(b))),
    width: nodes.length === 0 ? 0 : depth * sizes.width + (depth - 1) * sizes.gapX,
    height: nodes.length === 0 ? 0 : bottom - top,
  };
}
