/** Takes the saved state of a run home as a file of any kind that the engine can make. */
import { RemoteError } from '../../src-core/contract/client.ts';
import type { ExportedFile, WeightsChoice } from '../../src-core/contract/records.ts';
import type { AppState } from '../state/app.svelte.ts';
import { watched } from '../state/job.ts';
import { keepPieces } from './keep-file.ts';

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
    const action = { label: 'Export anyway', run: () => void put(app, choice, true) };
    app.notices.say('error', error.message, { action });
  }
}

/** Fetched part by part; what is given up or fails on the way leaves nothing behind, here and in the engine. */
async function put(app: AppState, choice: ExportChoice, allowNonFinite: boolean): Promise<void> {
  const { services } = app.host;
  if (services === null) return;
  const abort = new AbortController();
  const work = app.notices.work('Exporting the network …', () => abort.abort());
  const options = { signal: abort.signal, onshare: work.tell };
  try {
    const making = watched(services, options, async (job) => {
      let name: string | null = null;
      try {
        const file = await services.runs.exportWeights({ ...choice, allowNonFinite, job });
        abort.signal.throwIfAborted();
        name = await keepPieces(app, file.name, partsOf(services, job, options));
        return name === null ? null : `Exported weights to ${name}${without(file)}`;
      } finally {
        if (name === null) services.data.cancel({ job }).catch(() => undefined); // a host that is gone has nothing left of it
      }
    });
    const said = await Promise.race([making, whenAborted(abort.signal)]); // at once, however long the host takes over it
    if (said !== null) app.notices.say('success', said);
  } catch (error) {
    if (!abort.signal.aborted) throw error;
    app.notices.say('info', 'The export was cancelled');
  } finally {
    work.end();
  }
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('given up')), { once: true });
  });
}

function without({ leftOut }: ExportedFile): string {
  return leftOut === null ? '' : ` without ${leftOut}`;
}

type Services = NonNullable<AppState['host']['services']>;

async function* partsOf(
  services: Services,
  job: string,
  { signal, onshare }: { readonly signal: AbortSignal; readonly onshare: (share: number) => void },
): AsyncGenerator<Uint8Array> {
  for (let part = 0; ; part++) {
    const { bytes, share, isLast } = await services.runs.exportPart({ job, part });
    signal.throwIfAborted();
    onshare(share);
    yield bytes;
    if (isLast) return;
  }
}
