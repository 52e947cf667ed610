/** The stored runs as a list, and which of them are chosen for a closer look. */
import type { RunSummary } from '../../src-core/contract/records.ts';
import type { HostState } from './host.svelte.ts';

/** A larger one would hold up the host for longer than a frame. */
const PAGE = 100;
/** Changes come in bursts while a run trains; the list is read at most this often. */
const REFRESH_MS = 500;

/** A run among those compared: `mark` is its colour and its letter. */
export interface Compared {
  readonly id: string;
  readonly mark: number;
}

/** A, B, C, … */
export function letterOf(mark: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + (mark % 26)) + (mark < 26 ? '' : String(Math.floor(mark / 26)));
}

export class RunsState {
  list: readonly RunSummary[] = $state.raw([]);
  total = $state(0);
  loaded = $state(false);
  selected: ReadonlySet<string> = $state.raw(new Set());

  /** Runs whose curves lie over one another; each keeps its mark while it is among them. */
  compared: readonly Compared[] = $state.raw([]);

  readonly #host: HostState;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(host: HostState) {
    this.#host = host;
    host.onConnected((services) => {
      services.runs.on('changed', () => this.#soon());
      void this.refresh();
    });
  }

  async refresh(): Promise<void> {
    const { services } = this.#host;
    if (services === null) return;
    const { runs, total } = await services.runs.list({ limit: PAGE });
    // Older ones that were read before stay: what changes in the background is the newest.
    const oldest = runs.length < PAGE ? -Infinity : (runs.at(-1)?.createdAt ?? -Infinity);
    this.list = [...runs, ...this.list.filter(({ createdAt }) => createdAt < oldest)];
    this.total = total;
    this.loaded = true;
  }

  /** The next page, older runs. */
  async more(): Promise<void> {
    const last = this.list.at(-1);
    const { services } = this.#host;
    if (services === null || last === undefined) return;
    const { runs, total } = await services.runs.list({ limit: PAGE, before: last.createdAt });
    const known = new Set(this.list.map(({ id }) => id));
    this.list = [...this.list, ...runs.filter(({ id }) => !known.has(id))];
    this.total = total;
  }

  /** Every run there is, page by page. */
  async all(): Promise<void> {
    for (let before = -1; before < this.list.length && this.list.length < this.total;) {
      before = this.list.length;
      await this.more();
    }
  }

  /** What this window changed of a run, or a run that is back, in its place. */
  put(run: RunSummary): void {
    const others = this.list.filter(({ id }) => id !== run.id);
    this.list = [...others, run].sort((a, b) => b.createdAt - a.createdAt);
    this.total = Math.max(this.total, this.list.length);
  }

  forget(id: string): void {
    this.list = this.list.filter((run) => run.id !== id);
    this.compare(id, false);
  }

  /** Puts a run among those compared, with the first mark that is free, or takes it out. */
  compare(id: string, isCompared: boolean): void {
    const others = this.compared.filter((one) => one.id !== id);
    const taken = new Set(others.map(({ mark }) => mark));
    let mark = 0;
    while (taken.has(mark)) mark++;
    this.compared = isCompared ? [...others, { id, mark }].sort((a, b) => a.mark - b.mark) : others;
  }

  compareNone(): void {
    this.compared = [];
  }

  select(ids: Iterable<string>): void {
    this.selected = new Set(ids);
  }

  #soon(): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.refresh();
    }, REFRESH_MS);
  }
}
