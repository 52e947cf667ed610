/** Brings saved states to the engine piece by piece: whole, a large one would hold up the host, and the engine too. */
import { randomUUID } from 'node:crypto';
import type { StateArg } from '../../src-core/contract/engine.ts';
import type { EngineClient } from '../engine/supervisor.ts';
import type { SavedState } from '../store/saved-state.ts';

/**
 * Calls the engine with what stands for the state there; when that fails the engine holds nothing of it.
 * Rejects with AppError 'host.checkpoint_damaged' before the call.
 */
export async function handOver<T>(
  engine: EngineClient,
  saved: SavedState,
  use: (state: StateArg) => Promise<T>,
): Promise<T> {
  const key = randomUUID();
  let small: Uint8Array | null = null;
  let isHeld = false;
  try {
    for await (const { state, at, bytes } of saved.pieces()) {
      const isWhole = bytes.byteLength === state.size;
      small = isWhole && !isHeld ? bytes : null;
      if (small !== null) continue;
      isHeld = true;
      await engine.holdState({ key, size: state.size, at, bytes });
    }
    return await use(small ?? { key });
  } catch (error) {
    if (isHeld) engine.dropState({ key }).catch(() => undefined); // an engine that is gone holds nothing
    throw error;
  }
}
