/** Loops over all elements of values of one layout. */
import type { Kernel } from '../backend.ts';
import { inputAt, lengthOf, outputAt } from '../operands.ts';

/** y = f(x); `f` is made once, from the attributes. */
export function unary(make: (attributes: Readonly<Record<string, unknown>>) => (x: number) => number): Kernel {
  return (call) => {
    const [x, y] = [inputAt(call, 0), outputAt(call)];
    const f = make(call.attributes);
    return ({ rows }) => {
      const length = lengthOf(y, rows);
      for (let i = 0; i < length; i++) y.data[i] = f(x.data[i] as number);
    };
  };
}

/** y = f(a, b). */
export function binary(
  make: (attributes: Readonly<Record<string, unknown>>) => (a: number, b: number) => number,
): Kernel {
  return (call) => {
    const [a, b, y] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
    const f = make(call.attributes);
    return ({ rows }) => {
      const length = lengthOf(y, rows);
      for (let i = 0; i < length; i++) y.data[i] = f(a.data[i] as number, b.data[i] as number);
    };
  };
}
