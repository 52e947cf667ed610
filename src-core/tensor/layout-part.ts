/** Part of a value's elements into and out of physical memory: large tensors are copied a piece at a time. */
import { runsOf, type Layout, type Numbers } from './layout.ts';
import type { Shape } from './shape.ts';

/** Logical elements in row-major order, `from` … before `to`. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/** Lines that are copied together where neighbours of a line lie far apart: as many numbers as a cache line holds. */
const TILE = 16;

/** Elements of a value in order, `length` at a time; the last part may be shorter. */
export function partsOf(size: number, length: number): Part[] {
  return Array.from({ length: Math.ceil(size / length) }, (_, i) => ({
    from: i * length,
    to: Math.min(size, (i + 1) * length),
  }));
}

/** Reads a part of one row's elements; `into` begins with element `part.from`. */
export function gatherPart(memory: Numbers, into: Numbers, part: Part, shape: Shape, layout: Layout): void {
  const { starts, along } = runsOf(shape, layout);
  eachBlock(part, along, ({ at, line, lines, from, to }) => {
    const length = to - from;
    for (let i = 0; i < length; i++) {
      const offset = along[from + i] as number;
      for (let k = 0; k < lines; k++)
        into[at + k * length + i] = memory[(starts[line + k] as number) + offset] as number;
    }
  });
}

/** Writes a part of one row's elements; `values` begins with element `part.from`. */
export function scatterPart(
  values: ArrayLike<number>,
  memory: Numbers,
  part: Part,
  shape: Shape,
  layout: Layout,
): void {
  const { starts, along } = runsOf(shape, layout);
  eachBlock(part, along, ({ at, line, lines, from, to }) => {
    const length = to - from;
    for (let i = 0; i < length; i++) {
      const offset = along[from + i] as number;
      for (let k = 0; k < lines; k++)
        memory[(starts[line + k] as number) + offset] = values[at + k * length + i] as number;
    }
  });
}

/** Some elements of one line, or several whole lines. */
interface Block {
  /** Number of its first element within the part. */
  readonly at: number;
  readonly line: number;
  readonly lines: number;
  /** Elements of the lines. */
  readonly from: number;
  readonly to: number;
}

function eachBlock(part: Part, along: Uint32Array, visit: (block: Block) => void): void {
  const { length } = along;
  const most = (along[1] ?? 1) === 1 ? 1 : TILE;
  for (let element = part.from; element < part.to;) {
    const from = element % length;
    const left = part.to - element;
    const lines = from === 0 ? Math.max(1, Math.min(most, Math.floor(left / length))) : 1;
    const to = Math.min(length, from + left);
    visit({ at: element - part.from, line: Math.floor(element / length), lines, from, to });
    element += (to - from) * lines;
  }
}
