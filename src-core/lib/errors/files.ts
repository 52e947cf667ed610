/** Texts of the errors about files that are read or written: projects, weights, exports. */
export const fileErrors = {
  'file.not_json': (d: { what: string; reason: string }) => `${d.what}: expected a JSON file, got ${d.reason}`,
};
