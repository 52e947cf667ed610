/** How far the targets of a regression reach. */
import type { LoadedData } from './define.ts';

/** Least and largest target of the training rows as fed; nothing for classes. */
export function targetRangeOf({ task, training }: LoadedData): { readonly targetRange?: readonly [number, number] } {
  if (task !== 'regression') return {};
  let [least, most] = [Infinity, -Infinity];
  for (const value of training.targets) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { targetRange: [least, most] };
}
