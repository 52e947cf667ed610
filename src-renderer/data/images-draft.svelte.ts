/** A folder of pictures on its way into the document: brought in, read once, then used. */
import { setData } from '../../src-core/graph/edit.ts';
import type { DataSpec } from '../../src-core/graph/model.ts';
import type { AppState } from '../state/app.svelte.ts';
import { watched } from '../state/job.ts';
import { safeName, uploadFolder } from '../state/upload.ts';
import { glanceAt, type ChosenFolder } from './folder-files.ts';
import { imagesData } from './images-edits.ts';

export class ImagesDraft {
  /** What is going on and how far it is; null when nothing is. */
  work: { readonly label: string; readonly share: number } | null = $state.raw(null);
  /** Why the folder cannot be used, in a sentence. */
  error: string | null = $state(null);
  /** Some pictures cannot be read: the data without them, if that is agreed to. */
  without: DataSpec | null = $state.raw(null);

  readonly #app: AppState;
  #abort: AbortController | null = null;

  constructor(app: AppState) {
    this.#app = app;
  }

  async take(folder: ChosenFolder | null): Promise<void> {
    const { services } = this.#app.host;
    if (services === null) return;
    await this.#try('Bringing the pictures in', async (signal) => {
      if (folder === null) throw new Error('Drop a folder with one sub-folder of pictures for each class.');
      const { name, files } = folder;
      if (files.length === 0) throw new Error(`${name}: expected PNG or JPEG pictures in it, got none.`);
      const glance = await glanceAt(files);
      const onprogress = this.#progress('Bringing the pictures in');
      const path = await uploadFolder(services, files, { name: safeName(name), onprogress, signal });
      if (path !== null) await this.#read(imagesData(path, files, glance), signal);
    });
  }

  /** Uses the data without the pictures that cannot be read. */
  async skip(): Promise<void> {
    const { without } = this;
    if (without !== null) await this.#try('Reading the pictures', (signal) => this.#read(without, signal));
  }

  cancel(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.work = null;
  }

  /** Into the document once the engine has read them. */
  async #read(spec: DataSpec, signal: AbortSignal): Promise<void> {
    const { services } = this.#app.host;
    if (services === null) return;
    this.without = null;
    const options = { signal, onshare: this.#progress('Reading the pictures') };
    try {
      await watched(services, options, (job) => this.#app.data.previewOf(spec, job));
    } catch (error) {
      const isPartial = error instanceof Error && 'code' in error && error.code === 'data.pictures';
      if (isPartial) this.without = { ...spec, unreadable: 'skip' };
      throw error;
    }
    if (signal.aborted) return;
    this.#app.project.edit(`Use pictures of ${String(spec['path'])}`, (document) => setData(document, spec));
  }

  #progress(label: string): (share: number) => void {
    return (share) => {
      if (this.work !== null) this.work = { label, share };
    };
  }

  /** One thing at a time; what goes wrong is said beside the form and changes nothing. */
  async #try(label: string, act: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.cancel();
    const abort = new AbortController();
    this.#abort = abort;
    this.work = { label, share: 0 };
    this.error = null;
    await act(abort.signal).catch((error: unknown) => {
      if (!abort.signal.aborted) this.error = error instanceof Error ? error.message : String(error);
    });
    if (this.#abort === abort) this.work = null;
  }
}
