/** How much memory a run may count on. */
import { totalmem } from 'node:os';

/** Of the machine, or of the container around this process. */
export function memoryHere(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
