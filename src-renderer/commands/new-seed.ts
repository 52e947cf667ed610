/** Other initial weights and another order of the rows: a new seed in the training settings, and back to the start. */
import { setTraining } from '../../src-core/graph/edit.ts';
import type { Command } from './define.ts';

const SEEDS = 2 ** 31;

export const newSeed: Command = {
  label: 'New seed',
  group: 'Training',
  enabled: ({ run }) => !run.busy,
  run: async ({ project, run }) => {
    const [draw = 0] = crypto.getRandomValues(new Uint32Array(1));
    project.edit('New seed', (document) => setTraining(document, { seed: draw % SEEDS }));
    if (run.hasRun) await run.reset();
  },
};
