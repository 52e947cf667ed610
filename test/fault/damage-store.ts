/** Damages a store file in many ways, and looks whether anything wrong is ever handed out as good. */
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../src-core/lib/errors.ts';
import { Random, streamKey } from '../../src-core/lib/random.ts';
import { openStore, type Store } from '../../src-main/store/store.ts';
import { bytesOf, newRun } from '../main/store/new-run.ts';

const RUNS = 20;
export const STATE_BYTES = 20_000;
const PAGE = 4096;
const HEADER = 100;

/** Ids of the runs, each with a state made from its number. */
export function makeBase(file: string): string[] {
  const store = openStore({ file });
  const ids = Array.from({ length: RUNS }, (_, number) => {
    const id = newRun(store, `run ${number}`);
    store.appendRecords(id, [{ epoch: 1, step: 1, loss: number }], 1);
    store.saveCheckpoints(id, [{ kind: 'last', epoch: 1, step: 1, bytes: bytesOf(STATE_BYTES, number) }]);
    return id;
  });
  store.close();
  return ids;
}

type Damage = (bytes: Buffer, random: Random) => Buffer;

export const damages: readonly Damage[] = [
  (bytes, random) => {
    const at = random.integer(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.integer(8));
    return bytes;
  },
  (bytes, random) => {
    const page = random.integer(bytes.length / PAGE);
    return bytes.fill(0, page * PAGE, (page + 1) * PAGE);
  },
  (bytes, random) => bytes.subarray(0, random.integer(bytes.length)),
  (bytes, random) => {
    bytes[random.integer(HEADER)] = random.integer(256);
    return bytes;
  },
  (bytes, random) => {
    const [a, b] = [random.integer(bytes.length / PAGE), random.integer(bytes.length / PAGE)];
    const first = Buffer.from(bytes.subarray(a * PAGE, (a + 1) * PAGE));
    bytes.copyWithin(a * PAGE, b * PAGE, (b + 1) * PAGE);
    first.copy(bytes, b * PAGE);
    return bytes;
  },
];

export interface Outcome {
  /** What was wrong, in words; empty when all is well. */
  readonly wrong: string[];
  /** How often the damage was noticed, by opening or by loading a state. */
  readonly noticed: number;
}

export async function damageOften(folder: string, times: number): Promise<Outcome> {
  const base = join(folder, 'base.sqlite');
  const file = join(folder, 'damaged.sqlite');
  const ids = makeBase(base);
  const random = new Random(streamKey(1, 'data', 'damage'));
  const wrong: string[] = [];
  let noticed = 0;
  for (let time = 0; time < times; time++) {
    for (const end of ['-wal', '-shm']) if (existsSync(file + end)) rmSync(file + end);
    copyFileSync(base, file);
    const damage = damages[time % damages.length] as Damage;
    writeFileSync(file, damage(readFileSync(file), random));
    const before = readFileSync(file);
    const problems = await look(file, ids);
    if (problems === null) {
      noticed++;
      if (existsSync(file) && !existsSync(`${file}-wal`) && !before.equals(readFileSync(file)))
        wrong.push(`${time}: a refused file was changed`);
    } else {
      wrong.push(...problems.wrong.map((problem) => `${time}: ${problem}`));
      if (problems.hasNoticed) noticed++;
    }
  }
  return { wrong, noticed };
}

/** Null when the store was refused as a whole. */
async function look(file: string, ids: readonly string[]): Promise<{ wrong: string[]; hasNoticed: boolean } | null> {
  let store: Store;
  try {
    store = openStore({ file });
  } catch (error) {
    return error instanceof AppError ? null : { wrong: [String(error)], hasNoticed: false };
  }
  const wrong: string[] = [];
  let hasNoticed = false;
  for (const [number, id] of ids.entries()) {
    try {
      store.listRuns({ limit: 100 });
      const state = await store.loadCheckpoint(id, 'last');
      if (state && !bytesOf(STATE_BYTES, number).every((byte, i) => byte === state.bytes[i]))
        wrong.push(`run ${number} got weights that are not its own`);
      if (state === null) hasNoticed = true;
    } catch (error) {
      hasNoticed = true;
      if (!(error instanceof AppError)) wrong.push(String(error));
    }
  }
  store.close();
  return { wrong, hasNoticed };
}
