/** Texts of the errors about data sets: files, columns, rows, splits. */
export const dataErrors = {
  'data.unknown_kind': (d: { kind: string; known: string }) =>
    `data.kind: expected one of ${d.known}, got ${JSON.stringify(d.kind)}`,
};
