/** Texts of the errors about the shell: processes, store, connection. */
export const hostErrors = {
  'host.engine_gone': (d: { reason: string }) => `the training engine stopped (${d.reason}); it is being restarted`,
};
