/** IDX files on their way into the document: pictures and labels, brought in, then used together; two more for a test part. */
import { setData } from '../../src-core/graph/edit.ts';
import type { DataSpec } from '../../src-core/graph/model.ts';
import type { AppState } from '../state/app.svelte.ts';
import { watched } from '../state/job.ts';
import { safeName, uploadFile } from '../state/upload.ts';
import { idxFileOf, type IdxFile } from './idx-files.ts';

const DEFAULT_FRACTION = 0.1;
const NONE = { images: null, labels: null, testImages: null, testLabels: null };

export class IdxDraft {
  /** Where each file lies once it is brought in. */
  paths: Readonly<Record<IdxFile, string | null>> = $state.raw(NONE);
  /** Share of the file on its way, then of the reading; null when nothing is. */
  progress: number | null = $state(null);
  /** Both files are here and are being read. */
  isReading = $state(false);
  isBusy = $state(false);
  /** Why the files cannot be used, in a sentence. */
  error: string | null = $state(null);

  readonly #app: AppState;
  #abort: AbortController | null = null;

  constructor(app: AppState) {
    this.#app = app;
  }

  /** The data part, once both files are here. */
  readonly spec: DataSpec | null = $derived.by(() => {
    const { images, labels, testImages, testLabels } = this.paths;
    if (images === null || labels === null || (testImages === null) !== (testLabels === null)) return null;
    const test = testImages === null ? {} : { test: { images: testImages, labels: testLabels } };
    return { kind: 'idx', images, labels, validation: { fraction: DEFAULT_FRACTION, stratify: true }, ...test };
  });

  /** Files that were dropped together, each told from the others by its name. */
  async takeAll(files: readonly File[]): Promise<void> {
    for (const file of files) {
      if (!(await this.take(idxFileOf(file.name), file))) return;
    }
  }

  /** False when it was given up, or could not be brought in. */
  async take(which: IdxFile, file: File): Promise<boolean> {
    const { services } = this.#app.host;
    if (services === null) return false;
    this.cancel();
    const abort = new AbortController();
    this.#abort = abort;
    this.progress = 0;
    await this.#try(async () => {
      const onprogress = (share: number): void => {
        if (!abort.signal.aborted) this.progress = share;
      };
      const path = await uploadFile(services, file, { name: safeName(file.name), onprogress, signal: abort.signal });
      if (path !== null) this.paths = { ...this.paths, [which]: path };
    });
    if (this.#abort === abort) this.progress = null;
    return this.error === null && !abort.signal.aborted;
  }

  cancel(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.progress = null;
  }

  /** Puts the data into the document, once the engine has read them without complaint. */
  async use(): Promise<void> {
    const { spec } = this;
    const { services } = this.#app.host;
    if (spec === null || services === null) return;
    this.cancel();
    const abort = new AbortController();
    this.#abort = abort;
    this.progress = 0;
    this.isReading = true;
    await this.#try(async () => {
      const onshare = (share: number): void => void (this.progress = share);
      await watched(services, { signal: abort.signal, onshare }, (job) => this.#app.data.previewOf(spec, job));
      this.#app.project.edit(`Use pictures of ${String(spec['images'])}`, (document) => setData(document, spec));
      this.paths = NONE;
    }, abort.signal);
    this.isReading = false;
    if (this.#abort === abort) this.progress = null;
  }

  async #try(act: () => Promise<void>, signal?: AbortSignal): Promise<void> {
    this.isBusy = true;
    this.error = null;
    const failure = await act().then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    this.isBusy = false;
    if (signal?.aborted !== true) this.error = failure; // given up: there is nothing to say
  }
}
