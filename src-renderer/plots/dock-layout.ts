/** How the dock is divided: one plot or two, which ones, and where. Arithmetic only, nothing is drawn here. */

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

/** The plots in the two places, by id. */
export interface Choice<Id extends string> {
  readonly first: Id;
  readonly second: Id;
}

interface Kept {
  readonly first: string | null;
  readonly second: string | null;
}

/**
 * What was remembered, as far as there still is such a plot; the two are never the same.
 * @param usual what stands where nothing was chosen
 */
export function choiceOf<Id extends string>(kept: Kept, ids: readonly Id[], usual: Choice<Id>): Choice<Id> {
  const known = (id: string | null): Id | undefined => ids.find((other) => other === id);
  const first = known(kept.first) ?? usual.first;
  const wanted = known(kept.second) ?? usual.second;
  if (wanted !== first) return { first, second: wanted };
  return { first, second: usual.first === first ? usual.second : usual.first };
}

/**
 * What a choice leaves remembered: the second place only where it was meant, so that elsewhere it goes on following the data.
 */
export function remembered<Id extends string>(
  before: Choice<Id>,
  place: keyof Choice<Id>,
  id: Id,
): { readonly firstPlot: Id; readonly secondPlot?: Id } {
  const { first, second } = choose(before, place, id);
  return place === 'first' && second === before.second
    ? { firstPlot: first }
    : { firstPlot: first, secondPlot: second };
}

/** Choosing what the other place shows makes the two change places. */
export function choose<Id extends string>({ first, second }: Choice<Id>, place: keyof Choice<Id>, id: Id): Choice<Id> {
  if (place === 'first') return { first: id, second: id === second ? first : second };
  return { first: id === first ? second : first, second: id };
}
