/** What every reader of untrusted files owes: a sound result or one clear refusal, soon, and without eating memory. */
import { AppError } from '../../src-core/lib/errors.ts';

const MOST_MS = 2_000;
const MOST_GROWTH_BYTES = 256 * 2 ** 20;
/** "<where>: <what>", one line. */
const SENTENCE = /^[^\n:]+: [^\n]+$/;

/** The result of reading; null when it was refused as it should be. Throws for a refusal without a place, and for being slow. */
export async function survive<T>(read: () => T | Promise<T>): Promise<T | null> {
  const start = performance.now();
  const result = await attempt(read);
  const took = performance.now() - start;
  if (took > MOST_MS) throw new Error(`reading took ${Math.round(took)} ms`);
  return result;
}

async function attempt<T>(read: () => T | Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (!SENTENCE.test(error.message)) throw new Error(`a refusal without a place: ${error.message}`, { cause: error });
    return null;
  }
}

/** Runs `work` and throws when the process has grown by more than 256 MB over it. */
export async function withinMemory(work: () => Promise<void>): Promise<void> {
  const before = process.memoryUsage().rss;
  await work();
  const growth = process.memoryUsage().rss - before;
  if (growth > MOST_GROWTH_BYTES) throw new Error(`the process grew by ${Math.round(growth / 2 ** 20)} MB`);
}
