/** Values that must share a physical layout: a union-find over value indices, joined by the ops that treat them alike. */
import { present } from '../../lib/assert.ts';

export class Groups {
  private readonly parent: number[];

  constructor(count: number) {
    this.parent = Array.from({ length: count }, (_, i) => i);
  }

  /** The number that stands for the group of `value`. */
  of(value: number): number {
    let root = value;
    while (present(this.parent[root], 'group') !== root) root = present(this.parent[root], 'group');
    let at = value;
    while (at !== root) {
      const next = present(this.parent[at], 'group');
      this.parent[at] = root;
      at = next;
    }
    return root;
  }

  join(values: readonly number[]): void {
    const [first, ...others] = values;
    if (first === undefined) return;
    for (const other of others) this.parent[this.of(other)] = this.of(first);
  }
}
