/**
 * A short run that nobody sees, of the network the app opens on: what compiles the code of a run then does not fall on the first
 * press of Train. In turns as short as those of any run, so that calls are answered in between.
 */
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import { twoSpirals } from '../../src-core/templates/two-spirals.ts';
import { Probe } from '../../src-core/trainer/probe.ts';
import { createTrainer } from '../../src-core/trainer/trainer.ts';
import { ActiveRun } from './active-run.ts';
import type { Working } from './heartbeat.ts';
import { prepare } from './prepare.ts';

const EPOCHS = 8;

const document: ProjectDocument = {
  ...twoSpirals.document,
  training: { ...twoSpirals.document.training, epochs: EPOCHS },
};

export class WarmUp {
  readonly #working: Working;
  readonly #now: () => number;
  readonly #over = Promise.withResolvers<void>();
  #run: ActiveRun | null = null;
  #isOver = false;

  constructor(working: Working, now: () => number) {
    this.#working = working;
    this.#now = now;
    // Whatever fails here fails again, with its reason, for whoever presses Train.
    this.#begin().catch(() => this.end());
  }

  /** Resolves when it has ended, by itself or by `end`. */
  get over(): Promise<void> {
    return this.#over.promise;
  }

  /** At once: somebody has real work. */
  end(): void {
    this.#isOver = true;
    this.#run?.dispose();
    this.#run = null;
    this.#over.resolve();
  }

  async #begin(): Promise<void> {
    const prepared = await prepare(document, { folder: '', isOpen: false });
    if (this.#isOver) return;
    this.#run = new ActiveRun({
      runId: '',
      kinds: [],
      epochsPerSecond: null,
      backlog: () => 0,
      trainer: createTrainer({ ...prepared, backend: 'fast' }),
      openProbe: () => new Probe(prepared.document, prepared.data),
      emit: (event) => event === 'ended' && setImmediate(() => this.end()),
      view: { resolution: 100, x: 0, y: 1 },
      watched: { nodes: document.graph.nodes.map(({ id }) => id), weights: null },
      working: this.#working,
      now: this.#now,
    });
    this.#run.begin(false);
  }
}
