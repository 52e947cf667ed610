/** What the canvas holds of Svelte Flow once that is there. */
import type { useSvelteFlow } from '@xyflow/svelte';
import type { CardNode, WireEdge } from './flow-adapter.svelte.ts';

export interface FlowInside {
  readonly flow: ReturnType<typeof useSvelteFlow<CardNode, WireEdge>>;
  /** Reactive. */
  readonly zoom: () => number;
}
