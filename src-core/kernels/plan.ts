/** The static memory plan: every value has a fixed place in one arena. */
import type { Layout } from '../tensor/layout.ts';

/** Where a value lies, counted in elements. */
export interface Placement {
  readonly offset: number;
  /** Room for the most rows the value ever has. */
  readonly length: number;
  readonly layout: Layout;
}

/** Where everything lies, and how much memory that takes. */
export interface Plan {
  /** By value index; null for values that no op touches. */
  readonly placements: readonly (Placement | null)[];
  /** Elements of the arena. */
  readonly length: number;
  /** Elements kept between steps; what is above is shared by values that do not live at the same time. */
  readonly persistentLength: number;
}
