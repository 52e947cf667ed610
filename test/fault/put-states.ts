/** Saved states handed to the writing thread of a host, each in one piece. */
import { createHash } from 'node:crypto';
import type { Checkpoint } from '../../src-main/store/store-states.ts';
import type { StoreWrites } from '../../src-main/store/writes.ts';

export async function putStates(writes: StoreWrites, run: string, states: readonly Checkpoint[]): Promise<void> {
  let keys: readonly number[] = [];
  for (const state of states) {
    const sha256 = createHash('sha256').update(state.bytes).digest('hex');
    const piece = { ...state, sha256, size: state.bytes.byteLength, part: 0, isComplete: state === states.at(-1) };
    keys = await writes.putPart(run, piece, keys);
  }
  while (await writes.sweep());
}
