/** Names for the columns of a header line in which some are empty or stand twice. */

/** The `count`-th column of that name, from 1, where several have it. */
export function numberedName(name: string, count: number): string {
  return `${name} (${count})`;
}

/**
 * Every column's name, trimmed and once: a column without one is called by its place ('column 3'), and columns of one
 * name are numbered ('a (1)', 'a (2)'), so that none is taken for another.
 */
export function columnNames(header: readonly string[]): readonly string[] {
  const written = header.map((cell, i) => cell.trim() || `column ${i + 1}`);
  const counts = countsOf(written);
  const taken = new Set(written);
  const seen = new Map<string, number>();
  return written.map((name) => {
    if (counts.get(name) === 1) return name;
    let count = (seen.get(name) ?? 0) + 1;
    while (taken.has(numberedName(name, count))) count++;
    seen.set(name, count);
    return numberedName(name, count);
  });
}

function countsOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
