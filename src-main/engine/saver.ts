/** Decides when a run's state is saved, and sends it to the host in pieces. */
import { createHash } from 'node:crypto';
import type { CheckpointPart } from '../../src-core/contract/engine.ts';
import type { Trainer } from '../../src-core/trainer/define.ts';
import { CHECKPOINT_EPOCH_MS, CHECKPOINT_MS, CHECKPOINT_SHARE } from './limits.ts';
import { Extra } from './pace.ts';

const PART_BYTES = 512 * 1024;

interface State {
  readonly kind: 'last' | 'best';
  readonly epoch: number;
  readonly step: number;
  readonly bytes: Uint8Array;
}

export interface SaverOptions {
  readonly runId: string;
  readonly trainer: Trainer;
  readonly send: (part: CheckpointPart) => void;
  readonly now: () => number;
}

export class Saver {
  readonly #options: SaverOptions;
  readonly #budget: Extra;
  #savedAt: number;
  #savedStep = -1;
  #savedBest: number | null;

  constructor(options: SaverOptions) {
    this.#options = options;
    this.#budget = new Extra(CHECKPOINT_SHARE, options.now);
    this.#savedAt = options.now();
    this.#savedBest = options.trainer.bestEpoch;
  }

  /** At the ends of epochs as often as is cheap, and in any case every ten seconds. */
  isDue(isEpochEnd: boolean): boolean {
    const passed = this.#options.now() - this.#savedAt;
    return passed >= CHECKPOINT_MS || (isEpochEnd && passed >= CHECKPOINT_EPOCH_MS && this.#budget.isDue);
  }

  /** The state as it stands (after a divergence: the last sound one), with the best one where that is new. */
  save(): void {
    const { trainer, now } = this.#options;
    if (trainer.step === this.#savedStep) return;
    this.#budget.run(() => {
      const last: State = { kind: 'last', epoch: trainer.epoch, step: trainer.step, bytes: trainer.checkpoint() };
      this.#send([...this.#newBest(), last]);
    });
    this.#savedStep = trainer.step;
    this.#savedAt = now();
  }

  #newBest(): State[] {
    const { trainer } = this.#options;
    const epoch = trainer.bestEpoch;
    if (epoch === null || epoch === this.#savedBest) return [];
    const bytes = trainer.bestCheckpoint();
    if (bytes === null) return [];
    this.#savedBest = epoch;
    return [{ kind: 'best', epoch, step: epoch * trainer.stepsPerEpoch, bytes }];
  }

  #send(states: readonly State[]): void {
    const { runId, send } = this.#options;
    for (const { kind, epoch, step, bytes } of states) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const count = Math.max(1, Math.ceil(bytes.byteLength / PART_BYTES));
      for (let part = 0; part < count; part++) {
        const piece = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
        const isComplete = part === count - 1 && kind === states.at(-1)?.kind;
        send({ runId, kind, epoch, step, size: bytes.byteLength, sha256, part, bytes: piece, isComplete });
      }
    }
  }
}
