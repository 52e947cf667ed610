/** What the network will be fed, as the engine reads it from the document's data part. */
import type { DataPreview } from '../../src-core/contract/records.ts';
import type { DataFacts } from '../../src-core/analysis/define.ts';
import type { DataSpec } from '../../src-core/graph/model.ts';
import type { HostState } from './host.svelte.ts';
import { watched } from './job.ts';

/** Edits come key by key; the engine is asked when they pause. */
const SETTLE_MS = 120;
const MOST_CACHED = 16;
/** Numbers of the points that are drawn: above it a preview that is known comes in a turn of its own. */
const LARGE = 2 ** 15;

export class DataState {
  /** The preview of `spec`, or of the one before it while the new one is read (`loading`). */
  preview: DataPreview | null = $state.raw(null);
  loading = $state(false);
  /** How far the reading is, where it takes long enough to tell; null while nothing is read. */
  share: number | null = $state(null);
  /** Why the data cannot be used, in a sentence. */
  error: string | null = $state(null);

  readonly #host: HostState;
  readonly #cache = new Map<string, DataPreview>();
  #key = '';
  #spec: DataSpec | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #abort: AbortController | null = null;

  constructor(host: HostState) {
    this.#host = host;
    host.onConnected(() => {
      if (this.#spec !== null && (this.preview === null || this.loading)) this.#soon(0);
    });
  }

  /** For analysis; nothing while the preview is of other data. */
  readonly facts: DataFacts | undefined = $derived.by(() => {
    const { preview } = this;
    if (preview === null || this.loading || this.error !== null) return undefined;
    return {
      task: preview.task,
      inputSize: preview.fedNames.length,
      classCount: preview.classes.length,
      rowCount: preview.trainingCount,
      targetSize: preview.targetNames.length,
      classes: preview.classes,
      ...(preview.targetRange === undefined ? {} : { targetRange: preview.targetRange }),
      inputNames: preview.fedNames,
      inputRanges: fedRanges(preview),
    };
  });

  /** The document's data part, after every change of the document. */
  show(spec: DataSpec): void {
    if (spec === this.#spec) return;
    this.#spec = spec;
    const key = JSON.stringify(spec);
    if (key === this.#key) return;
    this.#key = key;
    const known = this.#cache.get(key);
    if (known !== undefined && known.points.inputs.length <= LARGE) return this.#settle(known);
    this.loading = true;
    // To change the document and to show large data in one turn would be a long task.
    this.#soon(this.preview === null || known !== undefined ? 0 : SETTLE_MS);
  }

  /** Reads the data again: a file may have changed. */
  reload(): void {
    this.#cache.clear();
    this.loading = true;
    this.#soon(0);
  }

  /**
   * A preview of data that is not (yet) the document's, for choosing; known here from then on.
   * @param job name under which the reading is watched and given up
   */
  async previewOf(data: DataSpec, job?: string): Promise<DataPreview | null> {
    const { services } = this.#host;
    if (services === null) return null;
    const preview = await services.data.preview({ data, ...(job === undefined ? {} : { job }) });
    this.#keep(JSON.stringify(data), preview);
    return preview;
  }

  /** Gives the reading up; the document keeps what it says, and `reload` reads again. */
  cancel(): void {
    this.#abort?.abort();
  }

  #soon(delayMs: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#load(), delayMs);
  }

  async #load(): Promise<void> {
    this.#timer = null;
    const { services } = this.#host;
    const key = this.#key;
    const known = this.#cache.get(key);
    if (known !== undefined) {
      this.#abort?.abort();
      return this.#settle(known);
    }
    if (services === null || this.#spec === null) return;
    this.#abort?.abort(); // of data that are no longer the document's
    const abort = new AbortController();
    this.#abort = abort;
    const spec = this.#spec;
    const onshare = (share: number): void => void (this.share = share);
    const answer = await watched(services, { signal: abort.signal, onshare }, (job) =>
      services.data.preview({ data: spec, job }),
    ).catch((error: unknown) => error);
    if (key !== this.#key || this.#abort !== abort) return;
    this.share = null;
    if (answer instanceof Error) {
      this.loading = false;
      // Without a host there is nothing to say about the data; the next connection asks again.
      if (this.#host.services === services) this.error = answer.message;
      else this.loading = true;
      return;
    }
    const preview = answer as DataPreview;
    this.#keep(key, preview);
    this.#settle(preview);
  }

  #keep(key: string, preview: DataPreview): void {
    this.#cache.set(key, preview);
    const oldest = this.#cache.keys().next();
    if (this.#cache.size > MOST_CACHED && !oldest.done) this.#cache.delete(oldest.value);
  }

  #settle(preview: DataPreview): void {
    this.share = null;
    this.preview = preview;
    this.loading = false;
    this.error = null;
  }
}

/** [min, max] of what the network is fed, of the points that the preview brings; 0 to 1 for what is derived from columns. */
export function fedRanges({ inputNames, fedNames, points }: DataPreview): readonly (readonly [number, number])[] {
  const width = inputNames.length;
  const low = new Float64Array(width).fill(Infinity);
  const high = new Float64Array(width).fill(-Infinity);
  const { inputs } = points;
  for (let i = 0; i < inputs.length; i++) {
    const [column, value] = [i % width, inputs[i] as number];
    if (value < (low[column] as number)) low[column] = value;
    if (value > (high[column] as number)) high[column] = value;
  }
  const columns = new Map(inputNames.map((name, column) => [name, column]));
  return fedNames.map((name) => {
    const column = columns.get(name) ?? NaN;
    const [least, most] = [low[column] ?? Infinity, high[column] ?? -Infinity];
    return least > most ? [0, 1] : [least, most];
  });
}
