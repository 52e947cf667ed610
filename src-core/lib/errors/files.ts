/** Texts of the errors about files that are read or written: projects, weights, exports. */
export const fileErrors = {
  'file.too_large': (d: { what: string; size: number; limit: number }) =>
    `${d.what}: expected at most ${d.limit} bytes, got ${d.size}`,
  'file.dropped': (d: { file: string }) =>
    `${d.file}: expected a project or a CSV file, got another kind; pictures go into the Data panel`,
  'file.not_text': (d: { what: string; found: string }) =>
    `${d.what}: expected UTF-8 text, got ${d.found}; save the file as UTF-8`,
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
  'file.given_up': (_: Record<never, never>) => 'file: it was given up before it was written; save it again',
  'file.cannot_write': (d: { path: string; reason: string }) => `${d.path}: could not be written (${d.reason})`,
  'weights.format': (d: { place: string; expected: string; found: string }) =>
    `weights file: ${d.place}: expected ${d.expected}, got ${d.found}`,
  'weights.newer': (d: { version: number; known: number }) =>
    `weights file: version: expected at most ${d.known}, got ${d.version}: the file was made by a newer version of Netloom; update to open it`,
  'weights.hash': (d: { key: string; expected: string; found: string }) =>
    `weights file: tensor ${d.key}: its data give the SHA-256 ${d.found}, the file says ${d.expected}; the file was changed or damaged`,
  'weights.file_hash': (d: { expected: string; found: string }) =>
    `weights file: the tensors together give the SHA-256 ${d.found}, the file says ${d.expected}; a tensor was added, removed or renamed`,
  'weights.vector': (d: { vector: number; output: number; expected: number; found: number }) =>
    `weights file: test vector ${d.vector}, output ${d.output}: expected ${d.expected}, the network gives ${d.found}; graph and weights do not belong together`,
  'weights.no_graph': (_: Record<never, never>) =>
    'weights file: it holds tensors only; use it with a project: netloom train P --weights-in W',
  'weights.vectors_missing': (_: Record<never, never>) =>
    'weights file: expected at least one test vector, got none; export it again',
  'export.op': (d: { op: string; format: string }) => `export: the operation ${d.op} cannot be written as ${d.format}`,
  'export.kind': (d: { kind: string; known: string }) => `export: expected one of ${d.known}, got ${d.kind}`,
  'export.runner': (d: { format: string }) =>
    `export: a runner loads a weights file, so --runner goes with --format json, not ${d.format}`,
  'export.gone': (_: Record<never, never>) => 'export: it was given up before all of it was fetched; export it again',
  'export.folder': (d: { format: string }) => `export: ${d.format} is a folder of files; name it with --out`,
  'file.unreadable': (d: { path: string; reason: string }) => `${d.path}: could not be read (${d.reason})`,
  'project.not_found': (d: { name: string; templates: string }) =>
    `${d.name}: there is no such file, and no template of that name (templates: ${d.templates})`,
};
