/** Owns the one engine process: starts it, watches it, starts it again after a crash, and stops it at the end. */
import { Connection } from '../../src-core/contract/client.ts';
import type { Client } from '../../src-core/contract/define.ts';
import { engineService, type EngineEvents } from '../../src-core/contract/engine.ts';
import type { EngineState } from '../../src-core/contract/app.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { CRASH_LIMIT, CRASH_WINDOW_MS, HANG_MS, RESTART_MS, START_MS, STOP_MS } from './limits.ts';
import { GOODBYE, READY, SHUTDOWN, type EngineProcess, type SpawnEngine } from './process.ts';
import { Watch } from './watch.ts';

export type EngineClient = Client<typeof engineService, EngineEvents>;

export interface SupervisorOptions {
  readonly spawn: SpawnEngine;
  readonly log: (line: string) => void;
  readonly now?: () => number;
}

export interface SupervisorListener {
  /** A fresh engine answers calls; subscribe to its events here. */
  up?(engine: EngineClient): void;
  /** The engine that was up is gone without having been asked to go. */
  crashed?(reason: string): void;
  state?(state: EngineState, reason: string | null): void;
}

export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #now: () => number;
  readonly #listeners = new Set<SupervisorListener>();
  #process: EngineProcess | null = null;
  #engine: EngineClient | null = null;
  #state: EngineState = 'starting';
  #reason: string | null = null;
  #crashes: number[] = [];
  #restart: NodeJS.Timeout | undefined;
  #stopping: Promise<void> | null = null;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  get state(): EngineState {
    return this.#state;
  }
  get reason(): string | null {
    return this.#reason;
  }

  /** Returns the function that ends the subscription. */
  listen(listener: SupervisorListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    if (this.#process || this.#stopping) return;
    const child = this.#options.spawn();
    this.#process = child;
    const connection = new Connection(child.wire);
    let killedFor: string | null = null;
    const watch = new Watch({
      startMs: START_MS,
      hangMs: HANG_MS,
      onHang: (reason) => {
        killedFor = reason;
        child.kill();
      },
    });
    child.onLine((line) => watch.line(line));
    child.onWord((word) => {
      if (word !== READY || this.#process !== child) return;
      watch.ready();
      this.#isUp(connection);
    });
    child.onExit((reason) => {
      watch.close();
      connection.close();
      this.#gone(killedFor ?? reason);
    });
  }

  /** The engine, as soon as one answers. Rejects with AppError 'host.engine_failed' or 'host.engine_stopping'. */
  async ready(): Promise<EngineClient> {
    while (this.#engine === null) {
      if (this.#stopping) throw new AppError('host.engine_stopping', {});
      if (this.#state === 'failed') throw new AppError('host.engine_failed', { reason: this.#reason ?? '' });
      await this.#nextState();
    }
    return this.#engine;
  }

  /** Tries again after too many crashes; for a person to decide. */
  revive(): void {
    if (this.#state !== 'failed') return;
    this.#crashes = [];
    this.#setState('restarting', this.#reason);
    this.start();
  }

  /** Ends an engine that does not answer: it is a crash like any other, and a fresh one is started. */
  kill(): void {
    this.#process?.kill();
  }

  /** Lets the engine hand over what it has, then ends it; kills it when it takes too long. Nothing is started again. */
  stop(): Promise<void> {
    if (this.#stopping === null) {
      this.#stopping = this.#stop();
      this.#setState(this.#state, this.#reason); // wakes those who wait for an engine
    }
    return this.#stopping;
  }

  #stop(): Promise<void> {
    clearTimeout(this.#restart);
    const child = this.#process;
    if (!child) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => child.kill(), STOP_MS);
      child.onWord((word) => word === GOODBYE && child.kill());
      child.onExit(() => {
        clearTimeout(timer);
        resolve();
      });
      child.say(SHUTDOWN);
    });
  }

  #isUp(connection: Connection): void {
    const engine = connection.service<typeof engineService, EngineEvents>(engineService);
    this.#engine = engine;
    for (const listener of this.#listeners) listener.up?.(engine);
    this.#setState('up', null);
  }

  #gone(reason: string): void {
    this.#process = null;
    this.#engine = null;
    if (this.#stopping) return;
    this.#options.log(`engine: ${reason}`);
    for (const listener of this.#listeners) listener.crashed?.(reason);
    const now = this.#now();
    this.#crashes = [...this.#crashes.filter((time) => now - time < CRASH_WINDOW_MS), now];
    if (this.#crashes.length > CRASH_LIMIT) {
      this.#setState('failed', reason);
      return;
    }
    this.#setState('restarting', reason);
    this.#restart = setTimeout(() => this.start(), RESTART_MS * 2 ** (this.#crashes.length - 1));
  }

  #setState(state: EngineState, reason: string | null): void {
    this.#state = state;
    this.#reason = reason;
    for (const listener of this.#listeners) listener.state?.(state, reason);
  }

  #nextState(): Promise<void> {
    return new Promise((resolve) => {
      const end = this.listen({
        state: () => {
          end();
          resolve();
        },
      });
    });
  }
}
