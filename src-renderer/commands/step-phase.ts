/** Works out the next phase of a mini-batch: forward, backward, then the update that takes the step. */
import type { Command } from './define.ts';
import { takeStep } from './take-step.ts';

export const stepPhase: Command = {
  label: 'Step one phase',
  group: 'Training',
  keys: ['Mod+Alt+ArrowRight'],
  enabled: ({ host, run, project }) =>
    host.connected && !run.busy && !run.isRunning && (project.document.training.method ?? 'gradient') === 'gradient',
  run: (app) => takeStep(app, 'phase'),
};
