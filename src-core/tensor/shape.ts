/** Shapes: the lengths of a value's axes, without the batch axis, features last (images [C, H, W]). */
export type Shape = readonly number[];

/** Number of elements: the product of the axes, 1 for a scalar. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, axis) => product * axis, 1);
}

/** '[16, 2]', as messages and wires show a shape. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

/** True where all axes agree. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((axis, i) => axis === b[i]);
}
