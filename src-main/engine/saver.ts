/** Decides when a run's state is saved, makes its bytes in turns and hands them to the host in pieces. */
import { createHash } from 'node:crypto';
import type { CheckpointPart } from '../../src-core/contract/engine.ts';
import type { Turns } from '../../src-core/lib/turns.ts';
import type { Saving, Trainer } from '../../src-core/trainer/define.ts';
import { partsOf } from '../../src-core/tensor/layout-part.ts';
import type { Jobs } from './jobs.ts';
import { CHECKPOINT_EPOCH_MS, CHECKPOINT_MS, CHECKPOINT_SHARE } from './limits.ts';
import { Extra } from './pace.ts';
import { PART_BYTES, PartSender, type WholeState } from './part-sender.ts';

export interface SaverOptions {
  readonly runId: string;
  readonly trainer: Trainer;
  readonly jobs: Jobs;
  readonly send: (part: CheckpointPart) => void;
  readonly backlog: () => number;
  /** Everything that was to be saved is on its way to the host. */
  readonly onSaved: () => void;
  readonly now: () => number;
}

type Kind = CheckpointPart['kind'];

export class Saver {
  readonly #options: SaverOptions;
  readonly #budget: Extra;
  readonly #sender: PartSender;
  #underWay = 0;
  #onceSaved: (() => void)[] = [];
  #savedAt: number;
  #savedStep = -1;
  #savedBest: number | null;

  constructor(options: SaverOptions) {
    const { send, backlog, now, trainer } = options;
    this.#options = options;
    this.#budget = new Extra(CHECKPOINT_SHARE, now);
    this.#sender = new PartSender({ send, backlog, onEmpty: () => this.#sent() });
    this.#savedAt = now();
    this.#savedBest = trainer.bestEpoch;
  }

  /** From the wish to save until the host has all of it. */
  get isBusy(): boolean {
    return this.#underWay > 0 || !this.#sender.isEmpty;
  }

  /** At the ends of epochs as often as is cheap, and in any case every ten seconds. */
  isDue(isEpochEnd: boolean): boolean {
    if (this.isBusy) return false;
    const passed = this.#options.now() - this.#savedAt;
    return passed >= CHECKPOINT_MS || (isEpochEnd && passed >= CHECKPOINT_EPOCH_MS && this.#budget.isDue);
  }

  /**
   * The state as it stands (after a divergence: the last sound one), with the best one where that is new. Where it has to be
   * read from the network at work, no step is taken until that is done.
   */
  save(): void {
    const { trainer, jobs, now } = this.#options;
    if (trainer.step === this.#savedStep) return;
    this.#savedStep = trainer.step;
    this.#savedAt = now();
    const savings = this.#savings();
    this.#underWay++;
    const done = (states: WholeState[], spentMs: number): void => {
      this.#underWay--;
      this.#budget.took(spentMs);
      this.#sender.add(states);
    };
    jobs.add(this.#states(savings), done, { isBeside: savings.every(({ saving }) => saving.isKept) });
  }

  /** Calls back when everything is on its way, at once where it is. */
  whenSaved(callback: () => void): void {
    if (this.isBusy) this.#onceSaved.push(callback);
    else callback();
  }

  /** Everything at once; for the end of the process. */
  flush(): void {
    this.save();
    this.#options.jobs.finishAll();
    this.#sender.flush();
  }

  dispose(): void {
    this.#sender.dispose();
  }

  #savings(): { readonly kind: Kind; readonly saving: Saving }[] {
    const { trainer } = this.#options;
    const { bestEpoch } = trainer;
    const best = bestEpoch === null || bestEpoch === this.#savedBest ? null : trainer.saving('best', createSha256);
    if (best !== null) this.#savedBest = bestEpoch;
    const last = trainer.saving('last', createSha256);
    const all = [
      { kind: 'best', saving: best },
      { kind: 'last', saving: last },
    ] as const;
    return all.flatMap(({ kind, saving }) => (saving === null ? [] : [{ kind, saving }]));
  }

  *#states(savings: readonly { readonly kind: Kind; readonly saving: Saving }[]): Turns<WholeState[]> {
    const { runId } = this.#options;
    const states: WholeState[] = [];
    for (const { kind, saving } of savings) {
      const bytes = yield* saving.bytes;
      const hash = createHash('sha256');
      for (const { from, to } of partsOf(bytes.byteLength, PART_BYTES)) {
        hash.update(bytes.subarray(from, to));
        if (to < bytes.byteLength) yield;
      }
      states.push({ runId, kind, epoch: saving.epoch, step: saving.step, bytes, sha256: hash.digest('hex') });
    }
    return states;
  }

  #sent(): void {
    if (this.isBusy) return;
    for (const callback of this.#onceSaved.splice(0)) callback();
    this.#options.onSaved();
  }
}

const createSha256 = () => createHash('sha256');
