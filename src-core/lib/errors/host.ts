/** Texts of the errors about the shell: processes, store, connection. */
export const hostErrors = {
  'host.engine_gone': (d: { reason: string }) => `the training engine stopped (${d.reason}); it is being restarted`,
  'host.bad_frame': (d: { reason: string }) => `message: expected a frame of this app, but ${d.reason}`,
  'host.too_deep': (d: { limit: number }) => `message: expected at most ${d.limit} levels of nesting, got more`,
  'host.unknown_call': (d: { call: string }) => `${d.call}: there is no such call`,
  'host.bad_arguments': (d: { call: string; problem: string }) => `${d.call}: ${d.problem}`,
  'host.connection_closed': (_d: Record<never, never>) =>
    'the connection to Netloom was closed before it could answer; start it again and reload this page',
  'host.store_newer': (d: { file: string; found: number; known: number }) =>
    `${d.file}: made by a newer version of Netloom (store version ${d.found}, this program knows ${d.known}); update Netloom, the file was left as it is`,
  'host.store_foreign': (d: { file: string; what: string }) =>
    `${d.file}: expected a Netloom store, got ${d.what}; the file was left as it is`,
  'host.store_damaged': (d: { file: string; reason: string }) =>
    `${d.file}: the store is damaged (${d.reason}); \`netloom runs salvage\` saves what can be read and keeps the damaged file`,
  'host.store_sound': (d: { file: string }) => `${d.file}: the store is sound; there is nothing to salvage`,
  'host.store_full': (d: { file: string }) =>
    `${d.file}: the disk is full; free some space, nothing saved so far is lost`,
  'host.store_read_only': (d: { file: string }) => `${d.file}: the store cannot be written; nothing will be kept`,
  'host.store_busy': (d: { file: string }) =>
    `${d.file}: another program is writing to the store and did not finish within 5 seconds; try again`,
  'host.store_gone': (d: { file: string }) =>
    `${d.file}: the store was moved or deleted while Netloom uses it; put it back, or close Netloom and start it again with a new one`,
  'host.store_failed': (d: { file: string; reason: string }) => `${d.file}: the store could not be used (${d.reason})`,
  'host.locked': (d: { folder: string; shell: string; pid: number }) =>
    `${d.folder}: already open in another Netloom (${d.shell}, process ${d.pid}); use that window or close it first`,
  'host.lock_unusable': (d: { file: string; reason: string }) =>
    `${d.file}: the lock of the data folder could not be used (${d.reason}); move it away, it holds nothing of yours`,
  'host.no_temporary': (d: { folder: string; reason: string }) =>
    `${d.folder}: no folder for temporary files could be made there (${d.reason}); set TMPDIR to one that can be written`,
  'host.watching': (_d: Record<never, never>) =>
    'this tab only watches: another one edits; press "Edit here" to take over',
  'host.no_run': (d: { id: string }) => `run ${d.id}: there is no such run; see \`netloom runs list\``,
  'host.no_checkpoint': (d: { id: string; kind: string }) =>
    `run ${d.id}: expected a saved state (${d.kind}), found none; train it for at least one epoch`,
  'host.state_gone': (_d: Record<never, never>) => 'the saved state did not reach the training engine whole; try again',
  'host.checkpoint_damaged': (d: { id: string; kind: string }) =>
    `run ${d.id}: the saved state (${d.kind}) is damaged or belongs to another run; it was not loaded`,
  'host.too_large': (d: { sizeMegabytes: number; limitMegabytes: number }) =>
    `message: expected at most ${d.limitMegabytes} MB, got ${d.sizeMegabytes} MB; keep large data in a file of its own`,
  'host.engine_failed': (d: { reason: string }) =>
    `the training engine keeps stopping (${d.reason}) and was not started again; press Train to try once more`,
  'host.engine_stopping': (_d: Record<never, never>) => 'Netloom is closing; nothing new is started',
  'host.no_active_run': (_d: Record<never, never>) => 'no run is active; press Train first',
  'host.run_active': (d: { id: string }) => `run ${d.id}: it is training at this moment; stop it first`,
  'host.upload_order': (d: { name: string; expected: number; offset: number }) =>
    `${d.name}: expected the piece at byte ${d.expected}, got the one at ${d.offset}; upload the file again`,
  'host.upload_size': (d: { name: string; total: number }) =>
    `${d.name}: got more than the ${d.total} bytes announced; upload the file again`,
  'host.port_taken': (d: { port: number }) =>
    `port ${d.port}: it is taken or not allowed; choose another with --port, or none for any free one`,
  'host.nothing_left': (d: { epochs: number; reason: string }) =>
    `training: all ${d.epochs} epochs are done${d.reason === '' ? '' : ` (${d.reason})`}, nothing is left to train; ask for more epochs`,
};
