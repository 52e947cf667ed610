/** Who of the connected pages edits: the first that comes, until it goes or another takes over. */
import type { Emit, Handlers } from '../../src-core/contract/define.ts';
import type { tabsService, TabsEvents } from '../../src-core/contract/tabs.ts';
import type { Wire } from '../../src-core/contract/wire.ts';

/** A page that is loaded again, or connects again after its computer slept, finds its place free for this long. */
const RETURN_MS = 5_000;
/** A page that is asked to hand over may take this long to send its last edit. */
const HAND_OVER_MS = 1_000;

export interface TabsOptions {
  readonly emit: Emit<TabsEvents>;
  /** Called after the place changed hands. */
  readonly onChange: () => void;
  readonly returnMs?: number;
}

/** One connection, as the host sees it. */
export interface Tab {
  readonly id: number;
  readonly handlers: Handlers<typeof tabsService>;
  /** Whether it may change things at this moment. */
  readonly mayEdit: () => boolean;
}

export class Tabs {
  readonly #options: TabsOptions;
  /** Pages that have joined, oldest first. */
  readonly #joined = new Set<number>();
  readonly #handingOver = new Map<number, PromiseWithResolvers<void>>();
  #lastId = 0;
  #editor: number | null = null;
  #vacancy: NodeJS.Timeout | undefined;

  constructor(options: TabsOptions) {
    this.#options = options;
  }

  get editor(): number | null {
    return this.#editor;
  }

  open(wire: Wire): Tab {
    const id = ++this.#lastId;
    wire.onClose(() => this.#left(id));
    return {
      id,
      mayEdit: () => this.#editor === id,
      handlers: {
        join: ({ wants }) => this.#join(id, wants),
        takeOver: () => this.#takeOver(id),
        giveWay: () => {
          this.#handingOver.get(id)?.resolve();
          return null;
        },
      },
    };
  }

  close(): void {
    clearTimeout(this.#vacancy);
  }

  #join(id: number, wants: 'edit' | 'watch'): { tab: number; editor: number | null } {
    this.#joined.add(id);
    if (this.#editor === null && wants === 'edit') this.#seat(id);
    if (this.#editor === null) this.#fillLater();
    return { tab: id, editor: this.#editor };
  }

  async #takeOver(id: number): Promise<null> {
    const from = this.#editor;
    if (from !== null && from !== id) await this.#handOver(from);
    if (this.#joined.has(id)) this.#seat(id);
    return null;
  }

  async #handOver(from: number): Promise<void> {
    const given = this.#handingOver.get(from) ?? Promise.withResolvers<void>();
    this.#handingOver.set(from, given);
    const timer = setTimeout(() => given.resolve(), HAND_OVER_MS);
    this.#options.emit('handOver', { tab: from });
    await given.promise;
    clearTimeout(timer);
    this.#handingOver.delete(from);
  }

  #seat(id: number | null): void {
    clearTimeout(this.#vacancy);
    this.#vacancy = undefined;
    if (this.#editor === id) return;
    this.#editor = id;
    this.#options.emit('editor', { tab: id });
    this.#options.onChange();
  }

  #left(id: number): void {
    this.#joined.delete(id);
    this.#handingOver.get(id)?.resolve();
    if (this.#editor === id) {
      this.#seat(null);
      this.#fillLater();
    }
  }

  /** Somebody who watches edits when nobody came back. */
  #fillLater(): void {
    this.#vacancy ??= setTimeout(() => {
      const [oldest] = this.#joined;
      this.#vacancy = undefined;
      if (oldest !== undefined) this.#seat(oldest);
    }, this.#options.returnMs ?? RETURN_MS);
    this.#vacancy.unref();
  }
}
