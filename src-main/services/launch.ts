/** What a run is started from, handed to the engine. */
import type { StartArgs, StateArg, Started } from '../../src-core/contract/engine.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import type { EngineClient } from '../engine/supervisor.ts';
import type { SavedState } from '../store/saved-state.ts';
import { handOver } from './hand-over.ts';

const DEFAULT_EPOCHS = 100;

/** Nothing, or its saved states. */
export interface LaunchArgs extends Omit<StartArgs, 'checkpoint' | 'best'> {
  readonly last: SavedState | null;
  readonly best: SavedState | null;
}

/** What the row of the run says until the engine has read the document; whether it makes sense is for the engine to say. */
export function plannedEpochs(document: Partial<ProjectDocument>): number {
  const epochs = document.training?.epochs;
  return typeof epochs === 'number' && Number.isSafeInteger(epochs) && epochs > 0 ? epochs : DEFAULT_EPOCHS;
}

/** Lends the engine the states while it takes them over. */
export function startIn(engine: EngineClient, { last, best, ...args }: LaunchArgs): Promise<Started> {
  const given = (state: SavedState | null, use: (state: StateArg | null) => Promise<Started>): Promise<Started> =>
    state === null ? use(null) : handOver(engine, state, use);
  return given(last, (checkpoint) =>
    given(best, (bestSoFar) => engine.start({ ...args, checkpoint, best: bestSoFar })),
  );
}
