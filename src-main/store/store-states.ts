/** The store's saved states: whole or not at all, in pieces, and only as they were saved. */
import { createHash } from 'node:crypto';
import { assert } from '../../src-core/lib/assert.ts';
import { ownerName } from './owner.ts';
import { openState, type PieceSource, type SavedState, type StateHead } from './saved-state.ts';
import { StoreHistory } from './store-history.ts';
import { PART_BYTES, type CheckpointHead, type CheckpointKind } from './tables/checkpoints.ts';

export interface Checkpoint {
  readonly kind: CheckpointKind;
  readonly epoch: number;
  readonly step: number;
  readonly bytes: Uint8Array;
}

/** A piece of a state, with all that is said about the whole. */
export interface StatePart extends CheckpointHead {
  readonly part: number;
  readonly bytes: Uint8Array;
  /** The last piece of what was saved together. */
  readonly isComplete: boolean;
}

const SWEEP_PARTS = 8;

export abstract class StoreStates extends StoreHistory {
  /** Replaces the run's saved states, all of them or none: a best state belongs to the last one saved with it. */
  saveCheckpoints(id: string, checkpoints: readonly Checkpoint[]): void {
    this.write(() => {
      const keys = checkpoints.map(({ kind, epoch, step, bytes }) => {
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        const key = this.#begin(id, { kind, epoch, step, size: bytes.byteLength, sha256 });
        for (let part = 0; part * PART_BYTES < bytes.byteLength; part++)
          this.checkpoints.addPart(key, part, bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES));
        return key;
      });
      this.#finish(keys);
      this.runs.beat(ownerName(), this.now());
    });
    while (this.sweep());
  }

  /**
   * One piece of states that arrive in pieces, in order: they count together, from the complete one on, and until then those before
   * them do. Answers with what to say with the next piece, nothing at first.
   */
  putPart(id: string, { part, bytes, isComplete, ...head }: StatePart, keys: readonly number[]): readonly number[] {
    return this.write(() => {
      const all = part === 0 ? [...keys, this.#begin(id, head)] : keys;
      const key = all.at(-1);
      assert(key !== undefined, 'the pieces of a state begin with the first');
      this.checkpoints.addPart(key, part, bytes);
      if (isComplete) this.#finish(all);
      return isComplete ? [] : all;
    });
  }

  /** Gives up states that were begun and will not be finished. */
  abandonCheckpoints(id: string): void {
    this.write(() => this.checkpoints.abandon(this.key(id)));
  }
  /** Erases a few pieces of replaced states; true while there is more to do. */
  sweep(): boolean {
    return this.write(() => this.checkpoints.sweep(SWEEP_PARTS));
  }

  /** The saved state, verified; null when there is none. Rejects with AppError 'host.checkpoint_damaged'. */
  async loadCheckpoint(id: string, kind: CheckpointKind): Promise<Checkpoint | null> {
    const found = this.savedState(id, kind);
    if (found === null) return null;
    let state: StateHead = found;
    let bytes = new Uint8Array(0);
    for await (const piece of found.pieces()) {
      if (piece.at === 0) bytes = new Uint8Array(piece.state.size);
      bytes.set(piece.bytes, piece.at);
      state = piece.state;
    }
    return { kind, epoch: state.epoch, step: state.step, bytes };
  }

  /** The same, to be read piece by piece. Throws AppError 'host.checkpoint_damaged' when it is another run's. */
  savedState(id: string, kind: CheckpointKind): SavedState | null {
    const source: PieceSource = {
      newest: () => this.read(() => this.checkpoints.head(this.key(id), kind)),
      part: (key, part) => this.read(() => this.checkpoints.part(key, part)),
    };
    return openState(id, kind, source);
  }

  #begin(id: string, head: CheckpointHead): number {
    return this.checkpoints.begin({ key: this.key(id), id }, head, this.now());
  }
  #finish(keys: readonly number[]): void {
    for (const key of keys) this.checkpoints.finish(key);
  }
}
