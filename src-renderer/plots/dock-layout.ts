/** How the dock is divided: one plot or two, which ones, and where. Arithmetic only, nothing is drawn here. */
import type { PlotId } from './registry.ts';

/** Two plots stand above one another, or side by side where there is width for it. */
export type Arrangement = 'single' | 'stacked' | 'beside';

/** A plot below this is no longer readable, its head included. */
const LEAST_WIDTH = 340;
const LEAST_HEIGHT = 225;

/** @param isWanted whether the person wants two plots at all */
export function arrangementOf({ width, height }: { width: number; height: number }, isWanted: boolean): Arrangement {
  if (!isWanted) return 'single';
  if (width >= 2 * LEAST_WIDTH && width > height) return 'beside';
  return height >= 2 * LEAST_HEIGHT ? 'stacked' : 'single';
}

export interface Choice {
  readonly first: PlotId;
  readonly second: PlotId;
}

/** What was remembered, as far as there still is such a plot; the two are never the same. */
export function choiceOf(
  kept: { readonly first: string | null; readonly second: string | null },
  { ids, hasBoundary }: { readonly ids: readonly PlotId[]; readonly hasBoundary: boolean },
): Choice {
  const known = (id: string | null): PlotId | undefined => ids.find((other) => other === id);
  const usual: readonly PlotId[] = ['lossCurve', hasBoundary ? 'boundary' : 'metrics', 'lossCurve', 'metrics'];
  const first = known(kept.first) ?? 'lossCurve';
  const wanted = known(kept.second) ?? usual[1];
  const second = wanted !== undefined && wanted !== first ? wanted : usual.find((id) => id !== first);
  return { first, second: second ?? first };
}

/** Choosing what the other place shows makes the two change places. */
export function choose({ first, second }: Choice, place: keyof Choice, id: PlotId): Choice {
  if (place === 'first') return { first: id, second: id === second ? first : second };
  return { first: id === first ? second : first, second: id };
}
