/** What a wire says beside its shape: a phase of the step that is being taken, or the strength of the weights behind it. */
import type { AppState } from '../../state/app.svelte.ts';
import { formatNumber, shortNumber } from '../../ui/format.ts';

export interface WireReading {
  readonly text: string;
  /** In words, for whoever points at it. */
  readonly words: string;
  /** Of the largest among all wires, 0 … 1; null: drawn as ever. */
  readonly share: number | null;
  readonly isBackward: boolean;
}

/** Nothing: the wire shows its shape. */
export function readWire(app: AppState, from: string, to: string): WireReading | null {
  if (app.isStale) return null;
  return ofPhase(app, from) ?? ofWeights(app, to);
}

function ofPhase({ looks }: AppState, from: string): WireReading | null {
  const { phase } = looks;
  const node = looks.phaseNode(from);
  if (phase === null || node === undefined || phase.phase === 'update') return null;
  const isBackward = phase.phase === 'backward';
  const value = isBackward ? node.gradient : node.output;
  if (value === null) return null;
  const place = node.gradientOf === 'logits' ? `before the activation of ${from}` : `at the output of ${from}`;
  const what = isBackward ? `|gradient of the loss| ${place}` : `|output| of ${from}`;
  return {
    text: shortNumber(value),
    words: `Mean ${what} over the ${phase.rows} rows of the batch: ${formatNumber(value)}`,
    share: null,
    isBackward,
  };
}

function ofWeights({ looks, settings }: AppState, to: string): WireReading | null {
  const { wireMeasure } = settings;
  const node = looks.node(to);
  if (wireMeasure === null || node === undefined) return null;
  const value = wireMeasure === 'weights' ? node.meanWeight : node.meanGradient;
  if (value === null) return null;
  const largest = looks.strongest(wireMeasure);
  const what = wireMeasure === 'weights' ? 'weight' : 'gradient';
  return {
    text: shortNumber(value),
    words: `Mean |${what}| of ${to}: ${formatNumber(value)}`,
    share: largest === 0 ? 0 : value / largest,
    isBackward: false,
  };
}
