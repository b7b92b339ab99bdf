/** Where the user is: everything that a page shows follows from it, so links and the back button work. */
export type Place = { readonly path: string; readonly params: Readonly<Record<string, string>> };

/** Changes of parameters; null or an empty text takes one away. */
export type Changes = Readonly<Record<string, string | null>>;

export function placeOf(path: string, search: string): Place {
  return { path, params: Object.fromEntries(new URLSearchParams(search)) };
}

/** Parameters in a steady order: the same state is the same link. */
export function linkTo(place: Place): string {
  const names = Object.keys(place.params).sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  const query = new URLSearchParams(names.map((name) => [name, place.params[name] ?? '']));
  // What need not be escaped stays readable.
  const text = query.toString().replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%2C', ',').replaceAll('%2A', '*');
  return text === '' ? place.path : `${place.path}?${text}`;
}

const ORDER = ['q', 'from', 'to'];

function rank(name: string): number {
  const at = ORDER.indexOf(name);
  return at < 0 ? ORDER.length : at;
}

export function changed(place: Place, changes: Changes): Place {
  const params: Record<string, string> = { ...place.params };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') delete params[name];
    else params[name] = value;
  }
  return { path: place.path, params };
}
