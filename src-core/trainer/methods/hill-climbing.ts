/** Method `hill_climbing`: no gradient at all; tries every single change and keeps the best. */
import type { Network, Rows } from '../../runtime/define.ts';
import { batchReader, takeSteps } from './batch.ts';
import type { MethodDefinition } from './define.ts';

const DEFAULT_STEP = 0.1;

/** The best change of one number found in a round. */
interface Move {
  readonly key: string;
  readonly index: number;
  readonly value: number;
  readonly objective: number;
}

/**
 * One move an epoch on all rows: of all changes of one number by ±step the one with the lowest loss (with penalties), in the
 * order of tensor keys, + before −, if it is strictly lower than now. Key step (0.1). Ends when no change is better.
 */
export const hillClimbing: MethodDefinition = {
  label: 'Hill climbing',
  summary: 'Tries every change of a single weight by ±step and keeps the best, once an epoch.',
  needsFloat64: true,
  start: ({ network, data, document }) => {
    const size = Number(document.training['step'] ?? DEFAULT_STEP);
    const rowCount = data.training.count;
    const perRow = document.training.reduction === 'sum';
    const batchOf = batchReader(data, document.training, rowCount);
    let isStuck = false;
    return {
      batchSize: rowCount,
      train: (request) =>
        takeSteps(request, (step) => {
          const rows = batchOf(request, step);
          const { loss } = network.evaluate(rows);
          const move = bestMove(network, rows, { size, perRow });
          isStuck = move === null;
          if (move !== null) setNumber(network, move.key, move.index, move.value);
          return { loss, rows: rows.count, isFinite: true };
        }),
      endEpoch: () => ({
        record: {},
        finished: isStuck ? `no change of a single weight by ${size} lowers the loss any further` : null,
      }),
      readState: () => Float64Array.of(isStuck ? 1 : 0),
      writeState: ([stuck = 0]) => {
        isStuck = stuck === 1;
      },
    };
  },
};

function bestMove(network: Network, rows: Rows, { size, perRow }: { size: number; perRow: boolean }): Move | null {
  const scale = perRow ? rows.count : 1;
  const objective = () => network.evaluate(rows).loss * scale + network.penalty();
  let limit = objective();
  let best: Move | null = null;
  for (const { key, trained } of network.tensors) {
    if (!trained) continue;
    network.read(key).forEach((old, index) => {
      for (const value of [old + size, old - size]) {
        setNumber(network, key, index, value);
        const found = objective();
        if (found < limit) {
          limit = found;
          best = { key, index, value, objective: found };
        }
      }
      setNumber(network, key, index, old);
    });
  }
  return best;
}

function setNumber(network: Network, key: string, index: number, value: number): void {
  const values = network.read(key);
  values[index] = value;
  network.write(key, values);
}
