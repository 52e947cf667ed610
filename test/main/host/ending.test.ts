/** Asked to end, whoever asks and whomever they reach: what runs is saved, nothing is left behind, and the exit code says why. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src-main/store/store.ts';
import { projectRoot, startScript, type Running } from '../../helpers/run-script.ts';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'netloom-end-'));
const script = (name: string): string => join(projectRoot, 'src-main', name);
const LONG = { timeout: 120_000 };

const requests = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const;
type Signal = (typeof requests)[number][0];

/** To the launcher alone, as a supervisor of services does; or to it and all it has started, as a terminal does. */
const ways: Readonly<Record<string, (running: Running, signal: Signal) => void>> = {
  'the launcher alone': ({ child }, signal) => void child.kill(signal),
  'the whole group': ({ child }, signal) => void process.kill(-(child.pid ?? 0), signal),
};
const cases = Object.keys(ways).flatMap((way) => requests.map(([signal, code]) => [signal, way, code] as const));

describe.skipIf(process.platform === 'win32')('netloom train', () => {
  it.each(cases)('%s to %s saves the run and ends with %i', LONG, async (signal, way, code) => {
    const home = newFolder();
    const words = ['train', 'two-spirals', '--epochs', '10000000'];
    const running = startScript(process.execPath, [script('netloom.mjs'), ...words], { NETLOOM_HOME: home });
    await running.seen(/337 parameters/);
    ways[way]?.(running, signal);
    const { code: ended, stdout } = await running.finished;
    const store = openStore({ file: join(home, 'netloom.sqlite') });
    const [run] = store.listRuns({ limit: 1 }).runs;
    store.close();
    expect([ended, run?.status, stdout.startsWith('stopped: ')]).toStrictEqual([code, 'stopped', true]);
  });
});

describe.skipIf(process.platform === 'win32')('a host in the browser', () => {
  const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/;

  it.each(cases)('%s to %s ends `netloom serve` with %i', LONG, async (signal, way, code) => {
    const running = startScript(process.execPath, [script('netloom.mjs'), 'serve'], { NETLOOM_HOME: newFolder() });
    await running.seen(address);
    ways[way]?.(running, signal);
    expect((await running.finished).code).toBe(code);
  });

  it('ends with npm, whose shell dies without a word to what it has started', LONG, async () => {
    const start = `"${process.execPath}" "${script('start.mjs')}" --browser; exit 0`;
    const env = { NETLOOM_HOME: newFolder(), npm_command: 'start' };
    const npm = startScript('/bin/sh', ['-c', start], env);
    const [url = ''] = await npm.seen(address);
    npm.child.kill('SIGKILL');
    await npm.finished; // its output closes when the last process that writes to it has ended
    await expect(fetch(url)).rejects.toThrow();
  });

  it('outlives those who read what it prints', LONG, async () => {
    const host = startScript(process.execPath, [join(projectRoot, 'test', 'helpers', 'talking-host.ts')]);
    await host.seen(/still here/);
    host.child.stdout?.destroy();
    expect((await host.finished).code).toBe(0);
  });
});

it.skipIf(process.platform !== 'linux')(
  'a result that cannot be written is one line and exit code 1',
  LONG,
  async () => {
    const command = `exec "${process.execPath}" "${script('netloom.mjs')}" templates > /dev/full`;
    const { code, stderr } = await startScript('/bin/sh', ['-c', command]).finished;
    expect([code, stderr]).toStrictEqual([
      1,
      'netloom: standard output: the disk is full, 0 bytes are needed; free some space and save again\n',
    ]);
  },
);
