/** Takes one mini-batch, then waits. */
import type { Command } from './define.ts';
import { takeStep } from './take-step.ts';

export const step: Command = {
  label: 'Step',
  group: 'Training',
  keys: ['Mod+ArrowRight'],
  enabled: ({ host, run }) => host.connected && !run.busy && !run.isRunning,
  run: (app) => takeStep(app, 'batch'),
};
