/** Looks at stored runs: the last one looked at stays open, so that choosing other inputs is answered at once. */
import { createHash } from 'node:crypto';
import type { DataPlace, InsideArgs, LookArgs } from '../../src-core/contract/engine.ts';
import type { NetworkLook } from '../../src-core/contract/network-look.ts';
import type { RunLook } from '../../src-core/contract/records.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import type { Turns } from '../../src-core/lib/turns.ts';
import { sourceOf } from '../../src-core/runtime/arrays.ts';
import { decodeTurns } from '../../src-core/trainer/checkpoint.ts';
import type { LookRequest } from '../../src-core/trainer/define.ts';
import { Probe } from '../../src-core/trainer/probe.ts';
import { BoundaryPace } from './boundary-pace.ts';
import { inTurns } from './jobs.ts';
import type { Working } from './heartbeat.ts';
import { LookPace } from './look-pace.ts';
import { prepare } from './prepare.ts';
import { JOBS_MS } from './limits.ts';

/** With the state itself. */
type Taken<T> = Omit<T, 'checkpoint'> & { readonly checkpoint: Uint8Array };

interface OpenRun {
  readonly key: string;
  readonly probe: Promise<Probe>;
  readonly pace: BoundaryPace;
  readonly lookPace: LookPace;
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
  look(args: Taken<LookArgs>): Promise<RunLook> {
    const look = this.#turn.then(() => this.#look(args));
    this.#turn = look.catch(() => undefined);
    return look;
  }

  /** As `look`. */
  inside(args: Taken<InsideArgs>): Promise<NetworkLook> {
    const look = this.#turn.then(() => this.#inside(args));
    this.#turn = look.catch(() => undefined);
    return look;
  }

  async #inside({ document, place, checkpoint, ...watched }: Taken<InsideArgs>): Promise<NetworkLook> {
    const { probe: opening, lookPace } = this.#opened(document, place);
    const probe = await opening;
    const { tensors, step } = await this.#inTurns(decodeTurns(checkpoint, () => createHash('sha256')));
    await this.#inTurns(probe.take(sourceOf(tensors)));
    const stored = { look: (request: LookRequest) => probe.look(request, step) };
    return this.#inTurns(lookPace.look(stored, watched, false));
  }

  async #look({ document, place, checkpoint, view, confusion, insights }: Taken<LookArgs>): Promise<RunLook> {
    const { probe: opening, pace } = this.#opened(document, place);
    const probe = await opening;
    const { tensors, step } = await this.#inTurns(decodeTurns(checkpoint, () => createHash('sha256')));
    await this.#inTurns(probe.take(sourceOf(tensors)));
    return {
      boundary: view === null ? null : await this.#inTurns(pace.grid(probe, view)),
      insights: insights.length === 0 ? null : await this.#inTurns(probe.insights(insights, step)),
      confusion: confusion ? await this.#inTurns(probe.confusion()) : null,
    };
  }

  /** In short pieces: an active run trains on in between, and Stop does not wait. */
  #inTurns<T>(work: Turns<T>): Promise<T> {
    return inTurns(work, JOBS_MS, this.#now);
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
    this.#open = { key, probe, pace: new BoundaryPace(this.#now), lookPace: new LookPace(this.#now) };
    return this.#open;
  }
}
