/** Keeps a recovery copy of the document with the host, and takes it up again at the next start. */
import type { Services } from '../host/services.ts';
import type { HostState } from './host.svelte.ts';
import type { ProjectState } from './project.svelte.ts';

const KEEP_AFTER_MS = 1_000;

export interface Recovery {
  /** Settles once it is known which document the window opens on. */
  readonly recovered: Promise<void>;
  /** Sends an edit that waits to be sent. */
  keepNow(): Promise<void>;
  /** An edit waits to be sent. */
  hasUnkept(): boolean;
  /** Shows the copy that the host has now: another page edits it. */
  follow(services: Services): Promise<void>;
}

/** Sends the document a second after the last edit; takes up the kept one at the first connection, unless the person was faster. */
export function keepRecovery(host: HostState, project: ProjectState): Recovery {
  const { promise: recovered, resolve: done } = Promise.withResolvers<void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isTouched = false;
  let isTakingUp = false;
  let hasRecovered = false;
  let isWaiting = false;

  const keepNow = async (): Promise<void> => {
    clearTimeout(timer);
    if (!isWaiting || host.services === null || project.isReadOnly) return;
    isWaiting = false;
    await host.services.app.keep({ document: project.document, file: project.file });
  };

  project.onChange(() => {
    if (isTakingUp) return;
    isTouched = true;
    isWaiting = true;
    clearTimeout(timer);
    timer = setTimeout(() => void keepNow(), KEEP_AFTER_MS);
  });

  const takeUp = (show: () => void): void => {
    isTakingUp = true;
    show();
    isTakingUp = false;
  };

  const recover = async (services: Services): Promise<void> => {
    const kept = await services.app.recover({});
    if (kept === null || isTouched) return;
    takeUp(() => project.open(kept.document, { saved: kept.isSaved, file: kept.file }));
  };

  const follow = async (services: Services): Promise<void> => {
    await recovered;
    const kept = await services.app.recover({});
    if (kept === null || !project.isReadOnly) return;
    isWaiting = false;
    takeUp(() => project.follow(kept.document, { saved: kept.isSaved, file: kept.file }));
  };

  host.onConnected((services) => {
    if (hasRecovered) return;
    hasRecovered = true;
    void recover(services).finally(done);
  });
  return { recovered, keepNow, follow, hasUnkept: () => isWaiting };
}
