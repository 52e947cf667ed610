/** A saved state read piece by piece, so that a large one is never whole in memory and holds up no window. */
import { createHash } from 'node:crypto';
import { AppError } from '../../src-core/lib/errors.ts';
import { PART_BYTES, type CheckpointHead, type CheckpointKind } from './tables/checkpoints.ts';

export interface StateHead {
  readonly epoch: number;
  readonly step: number;
  /** Bytes of all pieces. */
  readonly size: number;
}

export interface SavedPiece {
  /** Of the state that this piece belongs to. */
  readonly state: StateHead;
  /** Where in the state it belongs; 0: a state begins, and what came before is to be forgotten. */
  readonly at: number;
  readonly bytes: Uint8Array;
}

export interface SavedState extends StateHead {
  /**
   * In order. A state that is replaced and erased while it is read begins anew with the one in its place.
   * Rejects with AppError 'host.checkpoint_damaged', at the end where only the checksum tells.
   */
  readonly pieces: () => AsyncGenerator<SavedPiece>;
}

type Head = Omit<CheckpointHead, 'kind'> & { readonly key: number; readonly runId: string };

export interface PieceSource {
  /** The state that counts at this moment; null when there is none. */
  newest(): Head | null;
  /** Null when it is not there. */
  part(key: number, part: number): Uint8Array | null;
}

/** Throws AppError 'host.checkpoint_damaged' when it is another run's; null when there is none. */
export function openState(id: string, kind: CheckpointKind, source: PieceSource): SavedState | null {
  const damaged = (): AppError => new AppError('host.checkpoint_damaged', { id, kind });
  const opened = (): Head | null => {
    const head = source.newest();
    if (head !== null && head.runId !== id) throw damaged();
    return head;
  };
  const head = opened();
  async function* pieces(): AsyncGenerator<SavedPiece> {
    for (let now = head; ;) {
      if (now === null) throw new AppError('host.no_checkpoint', { id, kind });
      if (yield* readPieces(now, source)) return;
      const next = opened();
      if (next?.key === now.key) throw damaged();
      now = next;
    }
  }
  return head && { epoch: head.epoch, step: head.step, size: head.size, pieces };
}

/** False when a piece is missing or anything is not as it was saved. */
async function* readPieces(state: Head, source: PieceSource): AsyncGenerator<SavedPiece, boolean> {
  const hash = createHash('sha256');
  for (let at = 0; at < state.size; at += PART_BYTES) {
    const bytes = source.part(state.key, at / PART_BYTES);
    if (bytes?.byteLength !== Math.min(PART_BYTES, state.size - at)) return false;
    hash.update(bytes);
    yield { state, at, bytes };
    await new Promise(setImmediate); // a large state must not hold up the windows
  }
  return hash.digest('hex') === state.sha256;
}
