/** Takes the saved state of a run home as a file of any kind that the engine can make. */
import { RemoteError } from '../../src-core/contract/client.ts';
import type { WeightsChoice } from '../../src-core/contract/records.ts';
import type { AppState } from '../state/app.svelte.ts';
import { keepFile } from './keep-file.ts';

export interface ExportChoice {
  readonly runId: string;
  readonly which: WeightsChoice;
  /** One of `exportKinds`. */
  readonly kind: string;
}

/** Weights that are no numbers leave the house only when the person says so. */
export async function exportRun(app: AppState, choice: ExportChoice): Promise<void> {
  try {
    await put(app, choice, false);
  } catch (error) {
    if (!(error instanceof RemoteError) || error.code !== 'weights.not_finite') throw error;
    app.notices.say('error', error.message, { label: 'Export anyway', run: () => void put(app, choice, true) });
  }
}

async function put(app: AppState, choice: ExportChoice, allowNonFinite: boolean): Promise<void> {
  const file = await app.host.services?.runs.exportWeights({ ...choice, allowNonFinite });
  if (file === undefined) return;
  const name = await keepFile(app, file.name, file.bytes);
  if (name === null) return;
  const without = file.leftOut === null ? '' : ` without ${file.leftOut}`;
  app.notices.say('success', `Exported weights to ${name}${without}`);
}
