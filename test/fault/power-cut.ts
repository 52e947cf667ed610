/** Cuts the power at many moments of a writer's life, on paper, and looks at what the disk would hold. reliability.md T08. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random, streamKey } from '../../src-core/lib/random.ts';
import { openStore } from '../../src-main/store/store.ts';
import { bytesOf } from '../main/store/new-run.ts';
import { CrashDisk, type Cut, type DiskOptions } from './crash-disk.ts';
import { POWER } from './limits.ts';

const WRITER = join(import.meta.dirname, 'power-writer.ts');
const CALLS = 'openat,pwrite64,write,ftruncate,fsync,fdatasync,rename,renameat2,unlink,link,linkat';
const CUTS: readonly Cut[] = ['all', 'some', 'torn'];

/** As the command line writes, or as a host does. */
export type Writing = 'direct' | 'thread';

/** The system calls of one writer, in the order in which they ended. */
export function record(folder: string, how: Writing): string[] {
  const trace = `${folder}.trace`;
  spawnSync('strace', [
    '-f',
    '-y',
    '-xx',
    '-s',
    '200000',
    '-o',
    trace,
    '-e',
    `trace=${CALLS}`,
    process.execPath,
    WRITER,
    folder,
    how,
  ]);
  const begun = new Map<string, string>();
  return readFileSync(trace, 'latin1')
    .split('\n')
    .flatMap((line) => {
      const [pid = ''] = line.split(' ', 1);
      if (line.endsWith(' <unfinished ...>')) {
        begun.set(pid, line.slice(0, -' <unfinished ...>'.length));
        return [];
      }
      const [, rest] = /^\d+ +<\.\.\. \w+ resumed>(.*)$/.exec(line) ?? [];
      return rest === undefined ? [line] : [`${begun.get(pid) ?? ''}${rest}`];
    });
}

export interface PowerCuts extends DiskOptions {
  readonly images: number;
}

/** Everything that was not as promised, in words. */
export async function cutPower(calls: readonly string[], { images, ...options }: PowerCuts): Promise<string[]> {
  const random = new Random(streamKey(1, 'data', 'power'));
  const moments = Array.from({ length: images }, () => random.integer(calls.length)).sort((a, b) => a - b);
  const disk = new CrashDisk(options);
  const found: string[] = [];
  let taken = 0;
  for (const [number, moment] of moments.entries()) {
    while (taken <= moment) disk.take(calls[taken++] ?? '');
    const cut = CUTS[number % CUTS.length] ?? 'all';
    const place = `${options.folder}-image`;
    writeImage(place, disk.image(cut, random));
    const problems = await inspect(place, disk.acked);
    found.push(...problems.map((problem) => `call ${moment}, ${cut} lost: ${problem}`));
    rmSync(place, { recursive: true });
  }
  return found;
}

function writeImage(folder: string, files: ReadonlyMap<string, Buffer>): void {
  mkdirSync(folder);
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
}

async function inspect(folder: string, acked: number): Promise<string[]> {
  try {
    return [...(await inspectStore(folder, acked)), ...inspectFile(folder, acked)];
  } catch (error) {
    return [String(error)];
  }
}

async function inspectStore(folder: string, acked: number): Promise<string[]> {
  const store = openStore({ file: join(folder, 'netloom.sqlite') });
  try {
    const [run] = store.listRuns({ limit: 1 }).runs;
    if (run === undefined) return acked === 0 ? [] : ['the run is gone'];
    const problems: string[] = [];
    const epochs = store.history(run.id).map(({ epoch }) => epoch);
    if (epochs.length < acked) problems.push(`epoch ${acked} was acknowledged, ${epochs.length} is the last`);
    if (epochs.some((epoch, i) => epoch !== i + 1)) problems.push('the history has gaps');
    const state = await store.loadCheckpoint(run.id, 'last');
    if ((state?.epoch ?? 0) < acked - (acked % POWER.stateEvery)) problems.push(`the state of epoch ${acked} is gone`);
    if (state && !Buffer.from(state.bytes).equals(bytesOf(POWER.stateBytes, state.epoch)))
      problems.push('the state has other bytes');
    return problems;
  } finally {
    store.close();
  }
}

function inspectFile(folder: string, acked: number): string[] {
  if (acked === 0) return [];
  const { epoch } = JSON.parse(readFileSync(join(folder, 'saved.json'), 'utf8')) as { epoch: number };
  return epoch === acked || epoch === acked + 1 ? [] : [`saved.json is of epoch ${epoch}, ${acked} was acknowledged`];
}
