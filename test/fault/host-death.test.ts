/** The host itself is killed: its engine goes with it, and the next host finds the run and goes on. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { children } from '../main/engine/helpers.ts';
import { startHost } from '../main/services/helpers.ts';
import { tempFolder } from '../main/store/helpers.ts';

const HOST = join(import.meta.dirname, 'training-host.ts');

test.skipIf(!existsSync('/proc/self/stat'))(
  'kill -9 of a host leaves no engine, and a run that can be resumed',
  async () => {
    const folder = tempFolder();
    const child = spawn(process.execPath, [HOST, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    const engines = children(child.pid);
    expect(engines).toHaveLength(1);
    child.kill('SIGKILL');
    await once(child, 'close');
    const left = (): number[] => engines.filter((pid) => existsSync(`/proc/${pid}`));
    await vi.waitFor(() => expect(left()).toEqual([]), { timeout: 10_000 });

    const host = startHost(folder);
    const { runs } = await host.runs.list({ limit: 10 });
    const [run] = runs;
    expect(run).toMatchObject({ status: 'interrupted', reason: 'Netloom ended while this run was training' });
    await host.training.resumeRun({ runId: run?.id ?? '' });
    await host.until(({ epoch, status }) => status === 'running' && epoch > (run?.epoch ?? 0));
  },
);
