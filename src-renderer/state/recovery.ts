/** Keeps a recovery copy of the document with the host, and takes it up again at the next start. */
import type { Services } from '../host/services.ts';
import type { HostState } from './host.svelte.ts';
import type { ProjectState } from './project.svelte.ts';

const KEEP_AFTER_MS = 1_000;

/**
 * Sends the document a second after the last edit; takes up the kept one at the first connection, unless the person was faster.
 * @returns `recovered` settles once it is known which document the window opens on
 */
export function keepRecovery(host: HostState, project: ProjectState): { readonly recovered: Promise<void> } {
  const { promise: recovered, resolve: done } = Promise.withResolvers<void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isTouched = false;
  let isRecovering = false;
  let hasRecovered = false;

  project.onChange(() => {
    if (isRecovering) return;
    isTouched = true;
    clearTimeout(timer);
    timer = setTimeout(() => void host.services?.app.keep({ document: project.document }), KEEP_AFTER_MS);
  });

  const recover = async (services: Services): Promise<void> => {
    const kept = await services.app.recover({});
    if (kept === null || isTouched) return;
    isRecovering = true;
    project.open(kept.document, { saved: false });
    isRecovering = false;
  };

  host.onConnected((services) => {
    if (hasRecovered) return;
    hasRecovered = true;
    void recover(services).finally(done);
  });
  return { recovered };
}
