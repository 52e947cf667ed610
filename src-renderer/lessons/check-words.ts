/** What the check says of three numbers that do not simply agree. */
import type { ThreeNumbers } from '../../src-core/lessons/three-numbers.ts';
import { preciseNumber } from './numbers.ts';

/** null where they agree and there is nothing to add. */
export function reasonFor({
  name,
  verdict,
  left,
  right,
  h,
  rounding,
  formula,
  engine,
  difference,
}: ThreeNumbers): string | null {
  switch (verdict) {
    case 'agree':
      return null;
    case 'rounding':
      return `∂f/∂${name}: the difference is only known to ±${preciseNumber(rounding)}, which rounding alone puts into it; within that they agree.`;
    case 'corner':
      return `∂f/∂${name}: there is a corner within ${preciseNumber(h)}. The slope is ${preciseNumber(left)} on the left and ${preciseNumber(right)} on the right, so no derivative exists; the engine takes ${preciseNumber(engine)}.`;
    case 'undefined':
      return `∂f/∂${name}: f has no value here or right beside it. Choose another value for ${name}.`;
    case 'differ': {
      const three = [formula, engine, difference].filter((number) => number !== null).map(preciseNumber);
      return `∂f/∂${name}: expected one number, got ${three.join(' and ')}.`;
    }
  }
}

/** True where the card may be green. */
export function isGreen({ verdict }: ThreeNumbers): boolean {
  return verdict === 'agree' || verdict === 'rounding';
}
