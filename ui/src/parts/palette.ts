// Which of the palette's colours a name has. Pure: the same names have the same colours on every machine.

/** Of style/tokens.css: `--hue-0` to `--hue-11`. */
export const HUES = 12;

/** Every number below HUES comes once. */
const NEXT_HUE = 5;

/** The colour that a name has unless another on the screen has it too. FNV-1a, and its bits mixed once more. */
export function ownHue(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) % HUES;
}

/**
 * Colours of names that are on a screen together: their own, and for those whose own is taken another that is free. In which
 * order they came does not matter. Where there are more names than colours, the last of the alphabet share.
 */
export function huesOf(names: Iterable<string>): ReadonlyMap<string, number> {
  const sorted = [...new Set(names)].sort();
  const hues = new Map<string, number>();
  const taken = new Set<number>();
  const late: string[] = [];
  for (const name of sorted) {
    const own = ownHue(name);
    if (taken.has(own)) late.push(name);
    else {
      hues.set(name, own);
      taken.add(own);
    }
  }
  for (const name of late) {
    let hue = ownHue(name);
    for (let tried = 0; tried < HUES && taken.has(hue); tried++) hue = (hue + NEXT_HUE) % HUES;
    hues.set(name, hue);
    taken.add(hue);
  }
  return hues;
}
