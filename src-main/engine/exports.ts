/** Files for a person to keep, of any kind that the registries know: made as they are fetched, so that only a part of one is in memory. */
import { createHash } from 'node:crypto';
import { outputCountOf } from '../../src-core/analysis/outputs.ts';
import type { DataPlace, ExportArgs } from '../../src-core/contract/engine.ts';
import type { ExportedFile, ExportedPart, ExportKindInfo } from '../../src-core/contract/records.ts';
import type { LoadedData, Turn } from '../../src-core/datasets/define.ts';
import { loadData } from '../../src-core/datasets/load.ts';
import type { TrainedNetwork } from '../../src-core/formats/define.ts';
import { exportKinds, type ExportKind } from '../../src-core/formats/export-kinds.ts';
import { exportRunTurns } from '../../src-core/formats/export-run.ts';
import { bytesOf, type Pieces } from '../../src-core/formats/pieces.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import type { Turns } from '../../src-core/lib/turns.ts';
import { readerOf } from './data-access.ts';
import { inTurns } from './jobs.ts';
import { JOBS_MS } from './limits.ts';
import { PART_BYTES } from './part-sender.ts';

/** Of rows that a folder takes along: they are in memory while it is made. */
const MOST_ROW_BYTES = 40 * 2 ** 20;
const FLOAT_BYTES = 4;
/** More at once are given up, oldest first: their windows are gone. */
const MOST_AT_ONCE = 4;

/** A file that is being made. */
interface Making {
  readonly pieces: Pieces;
  /** Made and not yet fetched. */
  made: Uint8Array[];
  /** Of all that is to be written: 0 … 1. */
  share: number;
  /** Number of the part that is to be fetched next. */
  next: number;
}

export interface OpenArgs extends Omit<ExportArgs, 'checkpoint'> {
  readonly checkpoint: Uint8Array;
}

/** What a menu shows. */
export function knownKinds(): readonly ExportKindInfo[] {
  return [...exportKinds].map(([id, { label, summary, extension }]) => ({ id, label, summary, extension }));
}

export class Exports {
  readonly #now: () => number;
  readonly #makings = new Map<string, Making>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Begins a file, whose parts are then fetched one after the other.
   * Rejects with AppError 'export.*', and with 'weights.not_finite' unless that is allowed.
   * @param turn taken between pieces of work; rejects when the export is given up
   */
  async open(
    { job, document, place, checkpoint, allowNonFinite, kind: id }: OpenArgs,
    turn: Turn,
  ): Promise<ExportedFile> {
    const kind = kindOf(id);
    const { rows, leftOut } = kind.holdsRows ? await rowsOf(document, place, turn) : ROWLESS;
    const network = await withTurns(exportRunTurns(document, checkpoint, sha256), turn);
    const name = `${fileNameOf(String(document.name))}-${kind.suffix}`;
    const making = begin(kind, { network, rows, name, allowNonFinite });
    await withTurns(firstPiece(making), turn);
    this.#add(job, making);
    return { name: `${name}${kind.extension}`, leftOut };
  }

  /** Parts are fetched in order, each once. Rejects with AppError 'export.gone'. */
  async part({ job, part }: { readonly job: string; readonly part: number }): Promise<ExportedPart> {
    const making = this.#makings.get(job);
    if (making?.next !== part) throw new AppError('export.gone', {});
    making.next++;
    try {
      const isLast = await inTurns(nextPart(making), JOBS_MS, this.#now);
      if (!this.#makings.has(job)) throw new AppError('export.gone', {});
      if (isLast) this.drop(job);
      return { bytes: bytesOf(making.made.splice(0)), share: making.share, isLast };
    } catch (error) {
      this.drop(job);
      throw error;
    }
  }

  /** Gives up the file of that name, if there is one. */
  drop(job: string): void {
    this.#makings.delete(job);
  }

  #add(job: string, making: Making): void {
    const [oldest] = this.#makings.keys();
    if (this.#makings.size >= MOST_AT_ONCE && oldest !== undefined) this.drop(oldest);
    this.#makings.set(job, making);
  }
}

const ROWLESS = { rows: null, leftOut: null };
const sha256 = () => createHash('sha256');

function kindOf(id: string): ExportKind {
  const kind = exportKinds.get(id);
  if (kind === undefined) throw new AppError('export.kind', { kind: id, known: [...exportKinds.keys()].join(', ') });
  return kind;
}

interface ToMake {
  readonly network: TrainedNetwork;
  readonly rows: LoadedData | null;
  readonly name: string;
  readonly allowNonFinite: boolean;
}

function begin(kind: ExportKind, { network, rows, name, allowNonFinite }: ToMake): Making {
  const tensors = [...network.tensors.values()].reduce((sum, { data }) => sum + data.length, 0);
  const numbers = Math.max(1, tensors + (rows === null ? 0 : numbersOf(rows)));
  const onNumbers = (count: number): void => {
    making.share = Math.min(1, making.share + count / numbers);
  };
  const request = { name, allowNonFinite, rows, at: Date.now(), createHash: sha256, onNumbers };
  const making: Making = { pieces: kind.write(network, request), made: [], share: 0, next: 0 };
  return making;
}

/** What cannot be written is refused before there are any bytes. */
function* firstPiece({ pieces, made }: Making): Turns<void> {
  for (;;) {
    const { value } = pieces.next();
    if (value !== undefined) return void made.push(value);
    yield;
  }
}

/** Makes enough for a part; true when it is the last. */
function* nextPart({ pieces, made }: Making): Turns<boolean> {
  for (let size = made.reduce((sum, { length }) => sum + length, 0); size < PART_BYTES;) {
    const { done, value } = pieces.next();
    if (done === true) return true;
    if (value !== undefined) made.push(value);
    size += value?.length ?? 0;
    yield;
  }
  return false;
}

/** A turn after every step of the work. */
async function withTurns<T>(work: Turns<T>, turn: Turn): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    await turn(0);
  }
}

/** The network goes home without its rows where they are gone or too many. */
async function rowsOf(
  document: ProjectDocument,
  place: DataPlace,
  turn: Turn,
): Promise<{ rows: LoadedData | null; leftOut: string | null }> {
  try {
    const options = { turn: () => turn(0), outputs: () => outputCountOf(document) };
    const rows = await loadData(document.data, readerOf(place), options);
    if (numbersOf(rows) * FLOAT_BYTES <= MOST_ROW_BYTES) return { rows, leftOut: null };
    const most = `${MOST_ROW_BYTES / 2 ** 20} MB`;
    return { rows: null, leftOut: `the rows: more than ${most}; the command "netloom export" writes them` };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'data.cancelled') throw error;
    return { rows: null, leftOut: `the rows: ${error.message}` };
  }
}

/** Inputs, targets and weights of all rows that a folder holds. */
function numbersOf({ training, validation }: LoadedData): number {
  return [training, validation].reduce(
    (sum, part) => sum + (part === null ? 0 : part.inputs.length + part.targets.length + part.count),
    0,
  );
}

/** "Two spirals" as "two-spirals": letters and digits of any script, on every file system. */
function fileNameOf(name: string): string {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join('-').slice(0, 60) || 'network';
}
