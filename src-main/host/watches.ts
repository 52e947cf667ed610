/** What the open pages look at while training: the engine is told of all of it at once, and of nothing that nobody looks at. */
import type { Handlers } from '../../src-core/contract/define.ts';
import type { trainingService } from '../../src-core/contract/training.ts';
import { AppError } from '../../src-core/lib/errors.ts';

type Training = Handlers<typeof trainingService>;
type Wish<K extends 'watchBoundary' | 'watchInsights' | 'watchNetwork'> = Parameters<Training[K]>[0];

interface Wishes {
  boundary: Wish<'watchBoundary'>;
  insights: Wish<'watchInsights'>;
  network: Wish<'watchNetwork'>;
}

export interface WatchesOptions {
  readonly training: Training;
  /** The page that edits: where only one can be served, it is this one. */
  readonly editor: () => number | null;
  readonly log: (line: string) => void;
}

export class Watches {
  readonly #options: WatchesOptions;
  readonly #wishes = new Map<number, Wishes>();

  constructor(options: WatchesOptions) {
    this.#options = options;
  }

  /** The training service as one page sees it. */
  of(tab: number): Training {
    const { training } = this.#options;
    return {
      ...training,
      watchBoundary: (boundary) => {
        this.#wishOf(tab).boundary = boundary;
        return training.watchBoundary(this.#boundary());
      },
      watchInsights: (insights) => {
        this.#wishOf(tab).insights = insights;
        return training.watchInsights(this.#insights());
      },
      watchNetwork: (network) => {
        this.#wishOf(tab).network = network;
        return training.watchNetwork(this.#network());
      },
    };
  }

  forget(tab: number): void {
    if (this.#wishes.delete(tab)) this.refresh();
  }

  /** Tells the engine again, after another page has become the one that counts. */
  refresh(): void {
    const { training, log } = this.#options;
    const calls = [
      training.watchBoundary(this.#boundary()),
      training.watchInsights(this.#insights()),
      training.watchNetwork(this.#network()),
    ];
    // An engine that ends over such a call is reported on its own where it should not have; the next one is told again.
    Promise.all(calls).catch((error: unknown) => {
      const isGone = error instanceof AppError && error.code === 'host.connection_closed';
      if (!isGone) log(`engine: ${String(error)}`);
    });
  }

  #wishOf(tab: number): Wishes {
    const found = this.#wishes.get(tab) ?? {
      boundary: { view: null },
      insights: { kinds: [] },
      network: { nodes: [], weights: null },
    };
    this.#wishes.set(tab, found);
    return found;
  }

  /** The editing page's first. */
  #all(): readonly Wishes[] {
    const editor = this.#options.editor();
    const first = editor === null ? undefined : this.#wishes.get(editor);
    const others = [...this.#wishes.values()].filter((wishes) => wishes !== first);
    return first === undefined ? others : [first, ...others];
  }

  #boundary(): Wish<'watchBoundary'> {
    return { view: this.#all().find(({ boundary }) => boundary.view !== null)?.boundary.view ?? null };
  }
  #insights(): Wish<'watchInsights'> {
    return { kinds: [...new Set(this.#all().flatMap(({ insights }) => insights.kinds))] };
  }
  #network(): Wish<'watchNetwork'> {
    const all = this.#all().map(({ network }) => network);
    const weights = all.find((network) => network.weights !== null)?.weights ?? null;
    const { units } = all.find((network) => network.units !== undefined) ?? {};
    const nodes = [...new Set(all.flatMap((network) => network.nodes))];
    return { nodes, weights, ...(units === undefined ? {} : { units }) };
  }
}
