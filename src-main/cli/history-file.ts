/** The history file of `train`: one JSON line an epoch, or a step, written as training goes. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import type { EpochRecord } from '../../src-core/contract/records.ts';
import { codeOf, writeError } from '../store/io.ts';
import { jsonLine } from './outputs.ts';

export interface HistoryOptions {
  readonly path: string;
  readonly every: 'epoch' | 'step';
  /** Where the run goes on from: later lines of an older file are dropped, earlier ones kept. */
  readonly from: { readonly epoch: number; readonly step: number };
  /** Epochs before that, for a file that does not have them. */
  readonly before: readonly EpochRecord[];
}

export class HistoryFile {
  readonly #path: string;
  readonly #every: 'epoch' | 'step';

  /** Throws AppError 'file.*'. */
  constructor({ path, every, from, before }: HistoryOptions) {
    this.#path = path;
    this.#every = every;
    const kept = from.step === 0 ? [] : keptLines(path, from, every);
    const lines = kept.length > 0 ? kept : before.map((record) => this.#epochLine(record));
    this.#write(() => writeFileSync(path, lines.map((line) => `${line}\n`).join('')));
  }

  /** Steps before the epoch they complete. */
  add(steps: { losses: Float64Array; epoch: number; lastStep: number }, record: EpochRecord | null): void {
    const lines: string[] = [];
    if (this.#every === 'step') {
      const first = steps.lastStep - steps.losses.length + 1;
      steps.losses.forEach((loss, i) => lines.push(jsonLine({ epoch: steps.epoch, step: first + i, loss })));
    }
    if (record !== null) lines.push(this.#epochLine(record));
    if (lines.length > 0) this.#write(() => appendFileSync(this.#path, `${lines.join('\n')}\n`));
  }

  #epochLine(record: EpochRecord): string {
    return jsonLine(this.#every === 'step' ? { ...record, end: 'epoch' } : record);
  }

  #write(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw writeError(this.#path, 0, error);
    }
  }
}

/** Lines of an earlier part of the same run; a line torn by a kill is dropped with what followed it. */
function keptLines(path: string, from: { epoch: number; step: number }, every: 'epoch' | 'step'): string[] {
  const lines = readLines(path);
  const end = lines.findIndex((line) => {
    const { epoch, step, end: ending, loss } = parseLine(line);
    const isEpochEnd = every === 'epoch' || ending === 'epoch';
    return loss === undefined || Number(step) > from.step || (isEpochEnd && Number(epoch) > from.epoch);
  });
  return end < 0 ? lines : lines.slice(0, end);
}

function parseLine(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return {};
  }
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    return [];
  }
}
