/** What windows want of the engine beside a run: what is to be shown, and how fast it may go. A new engine is told all of it again. */
import type { Handlers } from '../../src-core/contract/define.ts';
import type { InsightKind } from '../../src-core/contract/insights.ts';
import type { trainingService } from '../../src-core/contract/training.ts';
import type { EngineClient } from '../engine/supervisor.ts';

type Calls = Handlers<typeof trainingService>;
type Watched = Parameters<Calls['watchNetwork']>[0];
type View = Parameters<Calls['watchBoundary']>[0]['view'];

export class EngineWishes {
  readonly handlers: Pick<Calls, 'setPace' | 'watchBoundary' | 'watchInsights' | 'watchNetwork'>;
  #engine: EngineClient | null = null;
  #view: View = null;
  #kinds: readonly InsightKind[] = [];
  #watched: Watched = { nodes: [], weights: null };
  #epochsPerSecond: number | null = null;

  constructor() {
    this.handlers = {
      setPace: async ({ epochsPerSecond }) => {
        this.#epochsPerSecond = epochsPerSecond;
        await this.#engine?.setPace({ epochsPerSecond });
        return null;
      },
      watchBoundary: async ({ view }) => {
        this.#view = view;
        await this.#engine?.watchBoundary({ view });
        return null;
      },
      watchInsights: async ({ kinds }) => {
        this.#kinds = kinds;
        await this.#engine?.watchInsights({ kinds });
        return null;
      },
      watchNetwork: async (watched) => {
        this.#watched = watched;
        return (await this.#engine?.watchNetwork(watched)) ?? null;
      },
    };
  }

  /** The engine from now on; answers with its answers to what it is told. */
  engineUp(engine: EngineClient): Promise<unknown>[] {
    this.#engine = engine;
    const told: Promise<unknown>[] = [engine.watchNetwork(this.#watched)];
    if (this.#view !== null) told.push(engine.watchBoundary({ view: this.#view }));
    if (this.#epochsPerSecond !== null) told.push(engine.setPace({ epochsPerSecond: this.#epochsPerSecond }));
    if (this.#kinds.length > 0) told.push(engine.watchInsights({ kinds: [...this.#kinds] }));
    return told;
  }

  /** Until the next one is up, wishes are only kept. */
  engineGone(): void {
    this.#engine = null;
  }
}
