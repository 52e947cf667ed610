/** Texts of the errors about files that are read or written: projects, weights, exports. */
export const fileErrors = {
  'file.too_large': (d: { what: string; size: number; limit: number }) =>
    `${d.what}: expected at most ${d.limit} bytes, got ${d.size}`,
  'file.not_text': (d: { what: string }) => `${d.what}: expected UTF-8 text, got other bytes`,
  'project.format': (d: { place: string; expected: string; found: string }) =>
    `${d.place}: expected ${d.expected}, got ${d.found}`,
  'project.newer': (d: { version: number; known: number }) =>
    `version: expected at most ${d.known}, got ${d.version}: the file was made by a newer version of Netloom; update to open it`,
  'project.structure': (d: { problems: readonly { place: string; expected: string; found: string }[] }) =>
    d.problems.map(({ place, expected, found }) => `${place}: expected ${expected}, got ${found}`).join('\n'),
  'json.too_deep': (d: { place: string; limit: number }) =>
    `${d.place}: expected lists and objects nested at most ${d.limit} deep, got more`,
  'json.duplicate_key': (d: { place: string; key: string }) =>
    `${d.place}: expected every key once, got ${JSON.stringify(d.key)} twice`,
  'json.forbidden_key': (d: { place: string; key: string }) =>
    `${d.place}: expected no key ${JSON.stringify(d.key)}; rename it`,
  'json.not_finite': (d: { place: string; found: string }) => `${d.place}: expected a finite number, got ${d.found}`,
  'json.long_string': (d: { place: string; limit: number }) =>
    `${d.place}: expected text of at most ${d.limit} characters, got more`,
  'file.not_json': (d: { what: string; reason: string }) => `${d.what}: expected a JSON file, got ${d.reason}`,
  'file.no_space': (d: { path: string; bytes: number }) =>
    `${d.path}: the disk is full, ${d.bytes} bytes are needed; free some space and save again`,
  'file.read_only': (d: { path: string }) => `${d.path}: this place is read-only; save somewhere else`,
  'file.not_allowed': (d: { path: string }) =>
    `${d.path}: you have no permission to write here; save somewhere else or change the permissions`,
  'file.no_folder': (d: { path: string }) => `${d.path}: the folder does not exist; create it first`,
  'file.cannot_write': (d: { path: string; reason: string }) => `${d.path}: could not be written (${d.reason})`,
};
