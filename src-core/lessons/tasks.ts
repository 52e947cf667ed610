/** Whether a task of a lesson has been done. */
import type { Task } from './define.ts';
import { readNumber } from './readings.ts';
import type { Scene } from './scene.ts';

export function isDone({ reading, from, to }: Task, scene: Scene): boolean {
  const value = readNumber(reading, scene);
  return value >= from && value <= to;
}
