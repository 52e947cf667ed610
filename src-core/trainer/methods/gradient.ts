/** Method `gradient`: the optimizer follows the gradient of the loss, batch by batch. */
import type { MethodDefinition } from './define.ts';

const NOTHING_TO_SAY = { record: {}, finished: null } as const;

/** Back-propagation and the chosen optimizer, inside the engine; all of its state is in tensors and slots. */
export const gradient: MethodDefinition = {
  label: 'Gradient',
  summary: 'Back-propagation with the chosen optimizer.',
  start: ({ network, settings }) => ({
    batchSize: settings.batchSize,
    train: (request) => network.train(request),
    endEpoch: () => NOTHING_TO_SAY,
    readState: () => new Float64Array(0),
    writeState: () => undefined,
  }),
};
