/** Kills the engine at many moments of a run that is always resumed, and looks at what each kill left. */
import { recipe, type TestHost } from '../main/services/helpers.ts';

const INTERRUPTED_MS = 1000;

export interface Kills {
  readonly kills: number;
  /** How long a fresh engine may take: the promise by night, more where other suites share the machine. */
  readonly restartMs: number;
}

/** Everything that was not as promised, in words. */
export async function killEngineOften(host: TestHost, { kills, restartMs }: Kills): Promise<string[]> {
  const found: string[] = [];
  const document = recipe({ epochs: 1_000_000, samples: 400 });
  const { runId } = await host.training.start({ document, paused: false });
  for (let kill = 1; kill <= kills; kill++) {
    const { epoch } = host.store.getSummary(runId);
    await host.until((progress) => progress.status === 'running' && progress.epoch > epoch + (kill % 7));
    const from = performance.now();
    host.killEngine();
    await host.untilStatus(runId, 'interrupted');
    const interruptedMs = performance.now() - from;
    await host.until(({ status }) => status === 'interrupted'); // told after it is stored, with the last epochs of this run
    if (interruptedMs > INTERRUPTED_MS) found.push(`kill ${kill}: interrupted after ${interruptedMs} ms`);
    found.push(...compareShown(host, runId).map((problem) => `kill ${kill}: ${problem}`));
    const restartedMs = await restart(host);
    if (restartedMs > restartMs) found.push(`kill ${kill}: restarted after ${restartedMs} ms`);
    host.progress.length = 0;
    await host.training.resumeRun({ runId });
  }
  return found;
}

/** Crashes come faster here than a host puts up with; a person asks for the next start. */
async function restart(host: TestHost): Promise<number> {
  const from = performance.now();
  host.supervisor.revive();
  await host.supervisor.ready();
  return performance.now() - from;
}

function compareShown(host: TestHost, runId: string): string[] {
  const stored = host.store.history(runId);
  const shown = host.progress.flatMap(({ records }) => records);
  const lost = shown.filter(({ epoch, loss }) => stored[epoch - 1]?.loss !== loss);
  const gaps = stored.filter(({ epoch }, i) => epoch !== i + 1);
  return [
    ...lost.map(({ epoch }) => `epoch ${epoch} was shown and is not stored`),
    ...gaps.map(({ epoch }) => `the history has a gap before epoch ${epoch}`),
  ];
}
