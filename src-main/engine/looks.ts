/** Looks at stored runs: the last one looked at stays open, so that choosing other inputs is answered at once. */
import type { DataPlace, LookArgs } from '../../src-core/contract/engine.ts';
import type { RunLook } from '../../src-core/contract/records.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import { decodeCheckpoint } from '../../src-core/trainer/checkpoint.ts';
import { Probe } from '../../src-core/trainer/probe.ts';
import { BoundaryPace } from './boundary-pace.ts';
import type { Working } from './heartbeat.ts';
import { prepare } from './prepare.ts';
import { SLICE_MS } from './limits.ts';

/** Rows evaluated between two looks at the clock. */
const ROWS = 256;

interface OpenRun {
  readonly key: string;
  readonly probe: Promise<Probe>;
  readonly pace: BoundaryPace;
}

export class Looks {
  readonly #working: Working;
  readonly #now: () => number;
  #turn: Promise<unknown> = Promise.resolve();
  #open: OpenRun | null = null;

  constructor(working: Working, now: () => number) {
    this.#working = working;
    this.#now = now;
  }

  /** One after the other. Rejects with AppError 'data.*' when the data of the run cannot be read any more. */
  look(args: LookArgs): Promise<RunLook> {
    const look = this.#turn.then(() => this.#look(args));
    this.#turn = look.catch(() => undefined);
    return look;
  }

  async #look({ document, place, checkpoint, view, confusion, insights }: LookArgs): Promise<RunLook> {
    const { probe: opening, pace } = this.#opened(document, place);
    const probe = await opening;
    const { tensors, step } = decodeCheckpoint(checkpoint);
    this.#working(() => probe.set(tensors));
    const seen = {
      boundary: view === null ? null : this.#working(() => pace.grid(probe, view)),
      insights: insights.length === 0 ? null : this.#working(() => probe.insights(insights, step)),
    };
    return { ...seen, confusion: confusion ? await this.#confusion(probe) : null };
  }

  /** Gives the memory back. */
  close(): void {
    const open = this.#open;
    this.#open = null;
    // A look that could not be opened has told so to whoever asked.
    void open?.probe.then(
      (probe) => probe.dispose(),
      () => undefined,
    );
  }

  #opened(document: ProjectDocument, place: DataPlace): OpenRun {
    const key = JSON.stringify([document, place]);
    if (this.#open?.key === key) return this.#open;
    this.close();
    const probe = this.#working(async () => {
      const prepared = await prepare(document, place);
      return new Probe(prepared.document, prepared.data);
    });
    probe.catch(() => {
      if (this.#open?.key === key) this.#open = null;
    });
    this.#open = { key, probe, pace: new BoundaryPace(this.#now) };
    return this.#open;
  }

  /** In short pieces: an active run trains on in between, and Stop does not wait. */
  async #confusion(probe: Probe): Promise<Float64Array | null> {
    const evaluation = probe.confusion();
    if (evaluation === null) return null;
    for (let isDone = false; !isDone; await new Promise(setImmediate)) {
      const from = this.#now();
      this.#working(() => {
        while (!isDone && this.#now() - from < SLICE_MS) isDone = evaluation.advance(ROWS);
      });
    }
    return evaluation.matrix();
  }
}
