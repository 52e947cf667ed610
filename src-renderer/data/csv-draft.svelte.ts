/** A CSV file on its way into the document: brought in, looked at, its columns chosen. The document stays as it is until `use`. */
import type { CsvInspection, DataColumn } from '../../src-core/contract/records.ts';
import type { Task } from '../../src-core/datasets/define.ts';
import { setData } from '../../src-core/graph/edit.ts';
import type { DataSpec, Json, SplitSpec } from '../../src-core/graph/model.ts';
import type { AppState } from '../state/app.svelte.ts';
import { canBeInput, guessRoles, guessTask, type Role, type Roles } from './csv-guess.ts';
import { watched } from '../state/job.ts';
import { safeName, uploadFile } from '../state/upload.ts';

/** How the text is read; absent keys are guessed. */
export interface Reading {
  readonly delimiter?: string;
  readonly decimal?: string;
  readonly header?: boolean;
  readonly charset?: string;
  readonly missingValues?: readonly string[];
}
interface InspectOptions {
  /** Roles and task are guessed anew. */
  readonly isNew: boolean;
  /** Name of the reading, where it is watched. */
  readonly job?: string;
}
export type Missing = 'error' | 'drop' | 'mean';

const DEFAULT_FRACTION = 0.2;

export class CsvDraft {
  inspection: CsvInspection | null = $state.raw(null);
  /** Share of the file that has been brought in, then of it that has been read; null when none is on its way. */
  progress: number | null = $state(null);
  /** The file is here and is being read. */
  isReading = $state(false);
  isBusy = $state(false);
  /** Why the file cannot be used, in a sentence. */
  error: string | null = $state(null);
  reading: Reading = $state.raw({});
  roles: Roles = $state.raw({});
  task: Task = $state('regression');
  missing: Missing = $state('error');
  isStandardized = $state(true);
  isTargetStandardized = $state(false);

  readonly #app: AppState;
  #abort: AbortController | null = null;
  /** The task was chosen by hand: a new target does not change it. */
  #isTaskChosen = false;

  constructor(app: AppState) {
    this.#app = app;
  }

  readonly inputs: readonly DataColumn[] = $derived(this.#with('input'));
  readonly targets: readonly DataColumn[] = $derived(this.#with('target'));
  /** Missing values in the columns in use. */
  readonly missingCount: number = $derived(
    [...this.inputs, ...this.targets].reduce((sum, { missing }) => sum + missing, 0),
  );
  /** Cells in columns not in use that keep them from being columns of numbers. */
  readonly strays: readonly { readonly name: string; readonly count: number; readonly cells: readonly string[] }[] =
    $derived(
      (this.inspection?.columns ?? []).flatMap(({ name, strays }) => (strays === null ? [] : [{ name, ...strays }])),
    );
  /** What still has to be chosen, in a sentence. */
  readonly gap: string | null = $derived.by(() => {
    if (this.targets.length === 0) return 'Choose a target: the column to predict.';
    if (this.inputs.length === 0) return 'Choose at least one input column.';
    if (this.targets.length > 1 && this.task !== 'regression') return 'Classes need exactly one target column.';
    const unmeant = this.missing === 'mean' ? this.#withoutMean() : undefined;
    if (unmeant) return `${unmeant.name} has gaps that no mean can fill: leave those rows out, or ignore the column.`;
    return null;
  });

  #with(role: Role): readonly DataColumn[] {
    return this.inspection?.columns.filter(({ name }) => this.roles[name] === role) ?? [];
  }

  /** A column in use whose gaps cannot be filled: of labels, or a target. */
  #withoutMean(): DataColumn | undefined {
    const labelled = this.inputs.filter(({ type }) => type === 'category');
    return [...labelled, ...this.targets].find(({ missing }) => missing > 0);
  }

  /** Brings a file in and looks at it. */
  async take(file: File): Promise<void> {
    const { services } = this.#app.host;
    if (services === null) return;
    await this.#reading(async (abort) => {
      const onprogress = (share: number): void => {
        if (!abort.signal.aborted) this.progress = share;
      };
      const path = await uploadFile(services, file, { name: safeName(file.name), onprogress, signal: abort.signal });
      if (path !== null) await this.#watched(abort, (job) => this.#inspect(path, {}, { isNew: true, job }));
    });
  }

  cancel(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.progress = null;
    this.isBusy = false;
  }

  /** Reads the same file in another way. */
  async reread(change: Reading): Promise<void> {
    const { inspection } = this;
    if (inspection === null) return;
    const reading = { ...this.reading, ...change };
    const isNew = change.header !== undefined || change.delimiter !== undefined;
    await this.#reading((abort) =>
      this.#watched(abort, (job) => this.#inspect(inspection.path, reading, { isNew, job })),
    );
  }

  /** Cells like these are missing values from now on. */
  async treatAsMissing(cells: readonly string[]): Promise<void> {
    await this.reread({ missingValues: [...new Set([...(this.inspection?.missingValues ?? []), ...cells])] });
  }

  /** Looks at the file of the open document, to choose its columns anew. */
  async edit(data: DataSpec): Promise<void> {
    const { path } = data;
    if (typeof path !== 'string') return;
    const reading: Reading = {
      ...(typeof data['delimiter'] === 'string' && data['delimiter'] !== 'auto'
        ? { delimiter: data['delimiter'] }
        : {}),
      ...(typeof data['decimal'] === 'string' ? { decimal: data['decimal'] } : {}),
      ...(typeof data['header'] === 'boolean' ? { header: data['header'] } : {}),
      ...(typeof data['encoding'] === 'string' ? { charset: data['encoding'] } : {}),
      missingValues: Array.isArray(data['missing_values']) ? data['missing_values'].map(String) : [],
    };
    await this.#reading(async (abort) => {
      await this.#watched(abort, (job) => this.#inspect(path, reading, { isNew: true, job }));
      if (!abort.signal.aborted) this.#takeOver(data);
    });
  }

  setRole(name: string, role: Role): void {
    const isSecondTarget = role === 'target' && this.task !== 'regression';
    const entries = Object.entries(this.roles).map(([column, before]): [string, Role] => {
      if (column === name) return [column, role];
      return [column, isSecondTarget && before === 'target' ? 'input' : before];
    });
    this.roles = Object.fromEntries(entries);
    if (role === 'target' && this.inspection !== null && !this.#isTaskChosen) {
      this.task = guessTask(this.inspection, name);
    }
  }

  /** The next use of a column: input, target, ignore, and input again. */
  turnRole(name: string): void {
    const NEXT = { input: 'target', target: 'ignore', ignore: 'input' } as const;
    this.setRole(name, NEXT[this.roles[name] ?? 'ignore']);
  }

  setTask(task: Task): void {
    this.task = task;
    this.#isTaskChosen = true;
  }

  /** The data part as chosen; null while something is missing. */
  spec(): DataSpec | null {
    const { inspection } = this;
    if (inspection === null || this.gap !== null) return null;
    const categorical = this.inputs.filter(({ type }) => type === 'category').map(({ name }) => name);
    return {
      kind: 'csv',
      path: inspection.path,
      inputs: this.inputs.map(({ name }) => name),
      target: this.targets.map(({ name }) => name),
      task: this.task,
      ...(inspection.delimiter === ',' ? {} : { delimiter: inspection.delimiter }),
      ...(inspection.decimal === '.' ? {} : { decimal: inspection.decimal }),
      ...(inspection.header ? {} : { header: false }),
      ...(inspection.charset === 'utf-8' ? {} : { encoding: inspection.charset }),
      ...(inspection.missingValues.length === 0 ? {} : { missing_values: inspection.missingValues }),
      ...(categorical.length > 0 ? { categorical } : {}),
      ...(this.missing === 'error' ? {} : { missing: this.missing }),
      standardize: this.isStandardized,
      ...(this.task === 'regression' && this.isTargetStandardized ? { standardize_target: true } : {}),
      ...this.#kept(),
    };
  }

  /** Puts the data into the document, once the engine has read them without complaint. */
  async use(): Promise<void> {
    const spec = this.spec();
    if (spec === null) return;
    await this.#reading(async (abort) => {
      const preview = await this.#watched(abort, (job) => this.#app.data.previewOf(spec, job));
      if (preview === null || abort.signal.aborted) return;
      this.#app.project.edit(`Use data of ${String(spec['path'])}`, (document) => setData(document, spec));
      this.close();
    });
  }

  close(): void {
    this.cancel();
    this.inspection = null;
    this.error = null;
  }

  /** How rows are held out: as before for the same file, else a fifth of them, classes in equal shares. */
  #kept(): { readonly [key: string]: Json | undefined } {
    const { data } = this.#app.project.document;
    if (data.kind === 'csv') {
      const isSame = data['path'] === this.inspection?.path;
      const kept = (part: SplitSpec | undefined) => (isSame || part?.path === undefined ? part : undefined);
      const [validation, test] = [kept(data.validation), kept(data.test)];
      const { seed } = data;
      return Object.fromEntries(Object.entries({ validation, test, seed }).filter(([, value]) => value !== undefined));
    }
    const stratify = this.task === 'regression' ? {} : { stratify: true };
    return { validation: { fraction: DEFAULT_FRACTION, ...stratify } };
  }

  /** A reading in the engine: its share is shown, and giving up here ends it there. */
  async #watched<T>(abort: AbortController, read: (job: string) => Promise<T>): Promise<T | null> {
    const { services } = this.#app.host;
    if (services === null || abort.signal.aborted) return null;
    this.isReading = true;
    this.progress = 0;
    const onshare = (share: number): void => void (this.progress = share);
    return watched(services, { signal: abort.signal, onshare }, read).finally(() => (this.isReading = false));
  }

  async #inspect(path: string, reading: Reading, { isNew, job }: InspectOptions): Promise<void> {
    const { services } = this.#app.host;
    if (services === null) return;
    const named = job === undefined ? {} : { job };
    const inspection = await services.data.inspectCsv({ path, ...reading, ...named });
    const before = this.inspection;
    this.inspection = inspection;
    this.reading = reading;
    if (!isNew) return this.#keepRoles(before);
    this.roles = guessRoles(inspection);
    this.#isTaskChosen = false;
    this.task = guessTask(inspection, this.targets[0]?.name ?? '');
    this.missing = this.missingCount > 0 ? 'drop' : 'error';
  }

  /** The choices stay; a column that is of another type now may be an input. */
  #keepRoles(before: CsvInspection | null): void {
    const { inspection } = this;
    if (inspection === null) return;
    for (const column of inspection.columns) {
      const { name, type } = column;
      const isOther = before?.columns.find((old) => old.name === name)?.type !== type;
      if (isOther && this.roles[name] === 'ignore' && canBeInput(column, inspection)) this.setRole(name, 'input');
    }
    if (this.missing === 'error' && this.missingCount > 0) this.missing = 'drop';
  }

  #takeOver(data: DataSpec): void {
    const { inputs, target, task, missing } = data;
    const has = (list: Json | undefined, name: string): boolean => Array.isArray(list) && list.includes(name);
    const role = (name: string): Role => (has(target, name) ? 'target' : has(inputs, name) ? 'input' : 'ignore');
    this.roles = Object.fromEntries(Object.keys(this.roles).map((name) => [name, role(name)]));
    if (task === 'regression' || task === 'binary' || task === 'multiclass') this.setTask(task);
    this.missing = missing === 'drop' || missing === 'mean' ? missing : 'error';
    this.isStandardized = data['standardize'] === true;
    this.isTargetStandardized = data['standardize_target'] === true;
  }

  /** Work that shows how far it is; a new one ends the one before. */
  async #reading(act: (abort: AbortController) => Promise<unknown>): Promise<void> {
    const abort = new AbortController();
    this.#abort?.abort();
    this.#abort = abort;
    this.progress = 0;
    await this.#try(async () => void (await act(abort)), abort.signal);
    if (this.#abort === abort) this.progress = null;
  }

  /** One thing at a time; what goes wrong is said beside the form and changes nothing. */
  async #try(act: () => Promise<void>, signal: AbortSignal): Promise<void> {
    this.isBusy = true;
    this.error = null;
    const failure = await act().then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    if (signal.aborted) return; // given up: there is nothing to say
    this.isBusy = false;
    this.error = failure;
  }
}
