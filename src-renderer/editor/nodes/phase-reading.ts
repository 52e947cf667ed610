/** The number on a card while a step is taken phase by phase, with its sign and its words. */
import type { PhaseLook, PhaseNode } from '../../../src-core/contract/network-look.ts';
import { formatNumber } from '../../ui/format.ts';

export interface PhaseReading {
  readonly sign: string;
  readonly text: string;
  readonly words: string;
}

export function phaseReading({ phase, rows }: Pick<PhaseLook, 'phase' | 'rows'>, node: PhaseNode): PhaseReading {
  const { output, gradient, tensorGradient, change } = node;
  const over = `over the ${rows} rows of the batch`;
  switch (phase) {
    case 'forward':
      return reading('|out|', output, `Mean size of the outputs ${over}`);
    case 'backward':
      if (tensorGradient !== null) return reading('‖∂w‖', tensorGradient, 'Length of the gradient of its weights');
      return reading('|∂out|', gradient, `Mean size of the gradient at its output ${over}`);
    case 'update':
      return reading('‖Δw‖', change, 'Length of the change of its weights');
  }
}

function reading(sign: string, value: number | null, words: string): PhaseReading {
  const text = value === null ? '–' : formatNumber(value);
  return { sign, text, words: `${words}: ${value === null ? 'none' : text}` };
}
