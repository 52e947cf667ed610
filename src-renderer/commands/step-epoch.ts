/** Trains to the end of the epoch, then waits. */
import type { Command } from './define.ts';
import { takeStep } from './take-step.ts';

export const stepEpoch: Command = {
  label: 'Step one epoch',
  group: 'Training',
  keys: ['Mod+Shift+ArrowRight'],
  enabled: ({ host, run }) => host.connected && !run.busy && !run.isRunning,
  run: (app) => takeStep(app, 'epoch'),
};
