/** How large the tensors of a node are, in one number each: what cards and wires show. */

/** 'h1.weight' belongs to h1; ids of nodes have no dot. */
export function nodeOf(key: string): string {
  return key.slice(0, key.indexOf('.'));
}

/** √(Σx²) over a node's tensors, of those that `among` has too; null where it has none. */
export function lengthOf(
  node: string,
  tensors: ReadonlyMap<string, ArrayLike<number>>,
  among: ReadonlyMap<string, unknown> = tensors,
): number | null {
  let square: number | null = null;
  for (const [key, values] of tensors) {
    if (nodeOf(key) !== node || !among.has(key)) continue;
    square ??= 0;
    for (let i = 0; i < values.length; i++) square += (values[i] as number) ** 2;
  }
  return square === null ? null : Math.sqrt(square);
}

/** Mean of |x|; null of nothing. */
export function meanSize(values: ArrayLike<number> | undefined): number | null {
  if (values === undefined || values.length === 0) return null;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i] as number);
  return sum / values.length;
}
