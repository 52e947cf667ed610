/** Long work in the engine under a name of its own: how far it is comes here, and giving up here ends it there. */
import type { HostState } from './host.svelte.ts';

type Services = NonNullable<HostState['services']>;

interface JobOptions {
  readonly signal: AbortSignal;
  /** 0 … 1. */
  readonly onshare: (share: number) => void;
}

/** @returns what the work returns; rejects with 'data.cancelled' when it was given up */
export async function watched<T>(
  services: Services,
  { signal, onshare }: JobOptions,
  work: (job: string) => Promise<T>,
): Promise<T> {
  const job = `job-${crypto.randomUUID()}`;
  const unlisten = services.data.on('reading', (reading) => {
    if (reading.job === job && !signal.aborted) onshare(reading.share);
  });
  // Whether there is still something to end is for the engine to say.
  const end = (): void => void services.data.cancel({ job }).catch(() => undefined);
  signal.addEventListener('abort', end);
  try {
    return await work(job);
  } finally {
    signal.removeEventListener('abort', end);
    unlisten();
  }
}
