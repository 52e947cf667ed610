/** Kills a process that writes to a store, again and again, and looks at what is left each time. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { closeDatabase, openDatabase } from '../../src-main/store/open.ts';
import { openStore } from '../../src-main/store/store.ts';
import { bytesOf } from '../main/store/new-run.ts';
import { LATEST_KILL_MS, REOPEN_MS } from './limits.ts';

const WRITER = join(import.meta.dirname, 'store-writer.ts');
const FULL_CHECK_EVERY = 50;

/** What the writer was told is safe before it was killed. */
interface Told {
  readonly run: string;
  readonly epoch: number;
  readonly state: number;
}

/** Everything that was not as promised, in words; empty when all is well. `kills` writers die, one after the other, every second one with its thread. */
export async function killWriters(file: string, kills: number): Promise<string[]> {
  const found: string[] = [];
  for (let kill = 1; kill <= kills; kill++) {
    const how = kill % 2 === 0 ? 'thread' : 'direct';
    const told = await killOne(file, { how, afterMs: (kill * 7919) % LATEST_KILL_MS });
    const problems = await inspect(file, told, kill % FULL_CHECK_EVERY === 0);
    found.push(...problems.map((problem) => `kill ${kill}: ${problem}`));
  }
  return found;
}

async function killOne(file: string, { how, afterMs }: { how: string; afterMs: number }): Promise<Told> {
  const child = spawn(process.execPath, [WRITER, file, how], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (data: Buffer) => (text += data.toString()));
  await once(child.stdout, 'data');
  await delay(afterMs); // the moment of the fault, not a wait for something
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
  const words = text
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split(' '));
  const newest = (what: string): number =>
    Math.max(0, ...words.filter(([, w]) => w === what).map(([, , n]) => Number(n)));
  return { run: words[0]?.[0] ?? '', epoch: newest('epoch'), state: newest('state') };
}

async function inspect(file: string, told: Told, isFull: boolean): Promise<string[]> {
  const problems: string[] = [];
  const from = performance.now();
  const store = openStore({ file }); // quick_check is part of it
  const tookMs = performance.now() - from;
  if (tookMs > REOPEN_MS) problems.push(`reopening took ${tookMs} ms`);
  const history = store.history(told.run);
  const isWhole = history.every((record, i) => record.epoch === i + 1 && record.loss === 1 / (i + 1));
  if (!isWhole) problems.push('the history has gaps or wrong values');
  if (history.length < told.epoch) problems.push(`epoch ${told.epoch} was acknowledged, ${history.length} is the last`);
  const [last, best] = [await store.loadCheckpoint(told.run, 'last'), await store.loadCheckpoint(told.run, 'best')];
  if ((last?.epoch ?? 0) < told.state)
    problems.push(`state ${told.state} was acknowledged, ${last?.epoch} is the last`);
  if (last?.epoch !== best?.epoch)
    problems.push(`last is of epoch ${last?.epoch}, best of ${best?.epoch}: saved apart`);
  if (last && !Buffer.from(last.bytes).equals(bytesOf(20_000, last.epoch + 1))) problems.push('last has other bytes');
  const orphans = store.interruptOrphans();
  if (!orphans.includes(told.run)) problems.push('the run of the dead writer still counts as running');
  store.close();
  return isFull ? [...problems, ...checkIntegrity(file)] : problems;
}

function checkIntegrity(file: string): string[] {
  const db = openDatabase({ file });
  const answer = String(db.pragma('integrity_check', { simple: true }));
  const foreign = db.pragma('foreign_key_check') as unknown[];
  closeDatabase(db);
  return answer === 'ok' && foreign.length === 0 ? [] : [`integrity_check: ${answer}`];
}
