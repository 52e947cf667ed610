/** Texts of the errors about data sets: files, columns, rows, splits. */
export const dataErrors = {
  'data.unknown_kind': (d: { kind: string; known: string }) =>
    `data.kind: expected one of ${d.known}, got ${JSON.stringify(d.kind)}`,
  'data.key': (d: { path: string; expected: string; found: string }) =>
    `${d.path}: expected ${d.expected}, got ${d.found}`,
  'data.unreadable': (d: { file: string; reason: string }) => `${d.file}: cannot be read (${d.reason})`,
  'data.not_text': (d: { file: string; reason: string }) =>
    `${d.file}: expected a text file in UTF-8, got ${d.reason}; save it as "CSV UTF-8"`,
  'data.not_table': (d: { file: string; found: string; advice: string }) =>
    `${d.file}: expected a CSV file, got ${d.found}; ${d.advice}`,
  'data.too_large': (d: { file: string; limit: string; found: string }) =>
    `${d.file}: expected at most ${d.limit}, got ${d.found}`,
  'data.idx': (d: { file: string; offset: number; expected: string; found: string }) =>
    `${d.file}: byte ${d.offset}: expected ${d.expected}, got ${d.found}`,
  'data.picture': (d: { file: string; expected: string; found: string }) =>
    `${d.file}: expected ${d.expected}, got ${d.found}`,
  'data.pictures': (d: { folder: string; count: number; total: number; first: string; others: string }) =>
    `${d.folder}: ${d.count} of ${d.total} pictures cannot be read: ${d.first}${d.others === '' ? '' : `; also ${d.others}`}; mend them, or set data.unreadable to "skip"`,
  'data.folder': (d: { folder: string; found: string }) =>
    `${d.folder}: expected a folder with one sub-folder of PNG or JPEG pictures for each class, got ${d.found}`,
  'data.no_pictures': (d: { folder: string }) => `${d.folder}: expected PNG or JPEG pictures, got none`,
  'data.no_labels': (d: { file: string }) =>
    `${d.file}: expected a file of labels beside it, got no name to look for; name it with --labels`,
  'data.no_test': (_: Record<never, never>) =>
    'data.test: expected a part of the rows that is kept for the test, got none; set a test share, then train again',
  'data.test_changed': (_: Record<never, never>) =>
    'data: the files have changed since this network was trained, so rows of its test part may be rows it has seen; train again',
  'data.predictions_gone': (_: Record<never, never>) =>
    'predictions: another file was predicted since, or the engine started anew; predict this file again',
  'data.cancelled': (_: Record<never, never>) => 'data: the reading was given up',
  'data.no_rows': (d: { file: string }) => `${d.file}: expected at least one row of data, got none`,
  'data.quote': (d: { file: string; line: number; column: number }) =>
    `${d.file}: line ${d.line}, column ${d.column}: the quote that opens here is never closed`,
  'data.after_quote': (d: { file: string; line: number; column: number }) =>
    `${d.file}: line ${d.line}, column ${d.column}: expected a delimiter or the end of the line after the closing quote`,
  'data.row_length': (d: { file: string; row: number; line: number; expected: number; found: number }) =>
    `${d.file}: row ${d.row} (line ${d.line}): expected ${d.expected} fields, got ${d.found}`,
  'data.missing_column': (d: { file: string; column: string; found: string }) =>
    `${d.file}: expected a column ${JSON.stringify(d.column)}, got ${d.found}`,
  'data.duplicate_column': (d: { file: string; column: string }) =>
    `${d.file}: expected every column name once, got ${JSON.stringify(d.column)} twice; rename one`,
  'data.cell': (d: { where: string; expected: string; found: string }) =>
    `${d.where}: expected ${d.expected}, got ${d.found}`,
  'data.missing_value': (d: { where: string }) =>
    `${d.where}: the value is missing; fill it in, or set data.missing to "drop" or "mean"`,
  'data.class_count': (d: { task: string; expected: string; found: string }) =>
    `data: a ${d.task} target needs ${d.expected}, got ${d.found}`,
  'data.split': (d: { part: string; rows: number; held: number }) =>
    `data.${d.part}: expected to leave rows to train on, but ${d.held} of ${d.rows} are held out; choose a smaller fraction`,
  'data.input_size': (d: { inputs: number; names: string; size: number; shape: string }) =>
    `data: expected ${d.size} values a row to fill the input shape ${d.shape}, got ${d.inputs} (${beginning(d.names)}); change the input's shape to [${d.inputs}]`,
  'data.target_size': (d: { task: string; targets: number; size: number; shape: string }) =>
    `data: a ${d.task} task with ${d.targets} target value${d.targets === 1 ? '' : 's'} a row needs an output of ${d.targets} unit${d.targets === 1 ? '' : 's'}, got ${d.size} (shape ${d.shape})`,
};

const MOST_SHOWN = 60;

/** A long list of names without its tail. */
function beginning(names: string): string {
  return names.length <= MOST_SHOWN ? names : `${names.slice(0, names.lastIndexOf(', ', MOST_SHOWN))}, …`;
}
