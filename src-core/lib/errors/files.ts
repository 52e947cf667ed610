/** Texts of the errors about files that are read or written: projects, weights, exports. */
export const fileErrors = {
  'file.not_json': (d: { what: string; reason: string }) => `${d.what}: expected a JSON file, got ${d.reason}`,
  'file.no_space': (d: { path: string; bytes: number }) =>
    `${d.path}: the disk is full, ${d.bytes} bytes are needed; free some space and save again`,
  'file.read_only': (d: { path: string }) => `${d.path}: this place is read-only; save somewhere else`,
  'file.not_allowed': (d: { path: string }) =>
    `${d.path}: you have no permission to write here; save somewhere else or change the permissions`,
  'file.no_folder': (d: { path: string }) => `${d.path}: the folder does not exist; create it first`,
  'file.cannot_write': (d: { path: string; reason: string }) => `${d.path}: could not be written (${d.reason})`,
};
