/** kill -9 of the app as it is shipped, its engine or both, while it trains, saves, exports and takes files in: it goes on bit for bit. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { Connection } from '../../src-core/contract/client.ts';
import { dataService, type DataEvents } from '../../src-core/contract/data.ts';
import type { Progress } from '../../src-core/contract/records.ts';
import { runsService, type RunsEvents } from '../../src-core/contract/runs.ts';
import { tabsService, type TabsEvents } from '../../src-core/contract/tabs.ts';
import { trainingService, type TrainingEvents } from '../../src-core/contract/training.ts';
import { startHostProcess, type HostProcess } from '../fault/host-process.ts';
import { openSocket, pageWire } from '../helpers/browser-client.ts';
import { children } from '../main/engine/helpers.ts';
import { recipe } from '../main/services/recipe.ts';
import { tempFolder } from '../main/store/helpers.ts';

/** So many that no kill comes after the end. */
const EPOCHS = 12_000;
const KILLS = 5;
/** A kill whenever the run has come this much further. */
const KILL_EVERY = 500;
const PATIENCE = { timeout: 60_000, interval: 2 };

/** A page that edits, and what it was told. */
async function openPage(host: HostProcess) {
  const connection = new Connection(pageWire(await openSocket(host.address, host.cookie)));
  await connection.service<typeof tabsService, TabsEvents>(tabsService).join({ wants: 'edit' });
  const training = connection.service<typeof trainingService, TrainingEvents>(trainingService);
  let progress: Progress | null = null;
  training.on('progress', (event) => (progress = event));
  return {
    training,
    runs: connection.service<typeof runsService, RunsEvents>(runsService),
    data: connection.service<typeof dataService, DataEvents>(dataService),
    epoch: () => progress?.epoch ?? 0,
    status: () => progress?.status,
  };
}
type Page = Awaited<ReturnType<typeof openPage>>;

/** The weights file as text, fetched as a window fetches it. */
async function exportedText({ runs }: Page, runId: string): Promise<string> {
  const job = 'export';
  await runs.exportWeights({ runId, which: 'last', allowNonFinite: false, job });
  const pieces: Uint8Array[] = [];
  for (let part = 0; ; part++) {
    const { bytes, isLast } = await runs.exportPart({ job, part });
    pieces.push(bytes);
    if (isLast) return Buffer.concat(pieces).toString('utf8');
  }
}

/** SHA-256 of all weights, as the exported file says it. */
async function weightsHash(page: Page, runId: string): Promise<string> {
  return (JSON.parse(await exportedText(page, runId)) as { sha256: string }).sha256;
}

const ended = (page: Page): Promise<void> => vi.waitFor(() => expect(page.status()).toBe('done'), PATIENCE);

/** Who is killed, given the host. */
const victims: Readonly<Record<string, (host: HostProcess) => readonly number[]>> = {
  'the engine': ({ pid }) => children(pid),
  'the host': ({ pid }) => [pid],
  'both at once': ({ pid }) => [pid, ...children(pid)],
};

/** What else goes on at the moment of the kill; whether it is answered does not matter. */
const distractions: readonly ((page: Page, runId: string) => Promise<unknown>)[] = [
  () => Promise.resolve(),
  exportedText,
  ({ data }) => data.upload({ name: 'half.csv', offset: 0, total: 900_000, bytes: new Uint8Array(400_000) }),
  ({ training }) => training.pause({}),
];

const optimizers = [
  { type: 'sgd', learning_rate: 0.05 },
  { type: 'adam', learning_rate: 0.01 },
] as const;
const cases = optimizers.flatMap((optimizer) => Object.keys(victims).map((victim) => ({ optimizer, victim })));

test.skipIf(!existsSync('/proc/self/stat')).each(cases)(
  '$victim, again and again, with $optimizer.type',
  async ({ optimizer, victim }) => {
    const document = recipe({ epochs: EPOCHS, samples: 400, optimizer });
    const whole = await openPage(await startHostProcess(tempFolder()));
    const { runId: wholeId } = await whole.training.start({ document, paused: false });
    await ended(whole);

    const home = tempFolder();
    let host = await startHostProcess(home);
    let page = await openPage(host);
    const { runId } = await page.training.start({ document, paused: false });
    let kills = 0;
    for (let epoch = KILL_EVERY; kills < KILLS; epoch += KILL_EVERY) {
      await vi.waitFor(() => expect(page.epoch()).toBeGreaterThan(epoch), PATIENCE);
      distractions[kills % distractions.length]?.(page, runId).catch(() => {});
      for (const pid of victims[victim]?.(host) ?? []) process.kill(pid, 'SIGKILL');
      kills++;
      if (victim !== 'the engine') {
        host = await startHostProcess(home);
        page = await openPage(host);
      }
      await vi.waitFor(async () => expect((await page.runs.get({ runId })).status).toBe('interrupted'), PATIENCE);
      await page.training.resumeRun({ runId });
    }
    await ended(page);
    expect(await weightsHash(page, runId)).toBe(await weightsHash(whole, wholeId));
    const history = await page.runs.history({ runId });
    expect(history).toStrictEqual(await whole.runs.history({ runId: wholeId }));
    await page.data.upload({ name: 'whole.csv', offset: 0, total: 3, bytes: new Uint8Array([97, 10, 49]) });
    // A host that lives on still waits for the rest of a file; one that starts clears away what another left.
    const isRest = (name: string): boolean => victim === 'the engine' && name.startsWith('.half.csv.');
    expect(readdirSync(join(home, 'files')).filter((name) => !isRest(name))).toStrictEqual(['whole.csv']);
  },
);
