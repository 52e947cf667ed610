/** How the logical elements of a value lie in memory: logical order and physical order are two things. */
import { sizeOf, type Shape } from './shape.ts';

export type Numbers = Float32Array | Float64Array;

export interface Layout {
  /** Distance between neighbours along each logical axis. */
  readonly strides: readonly number[];
  /** Distance between two rows of the batch: at least the size of the shape, more where rows are padded. */
  readonly rowStride: number;
  /** Axes that are several in memory. */
  readonly splits?: readonly Split[];
}

/**
 * An axis that is several in memory: its index counts row-major through `shape`, whose axes have strides of their own.
 * The shape may hold more places than the axis has elements; the last ones stay empty.
 */
export interface Split {
  readonly axis: number;
  readonly shape: Shape;
  readonly strides: readonly number[];
}

/** The last axis runs fastest, without gaps: the order of files. */
export function rowMajor(shape: Shape): Layout {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  return { strides, rowStride: sizeOf(shape) };
}

/** A matrix [rows, columns] laid out column by column: dense weights [out, in] stored as [in][out]. */
export function columnMajor([rows = 1, columns = 1]: Shape): Layout {
  return { strides: [1, rows], rowStride: rows * columns };
}

export function isRowMajor(shape: Shape, layout: Layout): boolean {
  const plain = rowMajor(shape);
  return (
    layout.splits === undefined &&
    layout.rowStride === plain.rowStride &&
    plain.strides.every((stride, axis) => shape[axis] === 1 || stride === layout.strides[axis])
  );
}

/** Physical place of every logical element of one row, in row-major order of the elements. */
export function placesOf(shape: Shape, layout: Layout): Uint32Array {
  let places = Uint32Array.of(0);
  for (const axis of shape.keys()) {
    const along = placesAlong(axis, shape, layout);
    const next = new Uint32Array(places.length * along.length);
    let at = 0;
    for (const place of places) for (let i = 0; i < along.length; i++) next[at++] = place + (along[i] as number);
    places = next;
  }
  return places;
}

/** Distance of every index of one axis from the first. */
function placesAlong(axis: number, shape: Shape, { strides, splits }: Layout): Uint32Array {
  const count = shape[axis] ?? 1;
  const split = splits?.find((one) => one.axis === axis);
  if (split !== undefined) {
    return placesOf(split.shape, { strides: split.strides, rowStride: 0 }).subarray(0, count);
  }
  return Uint32Array.from({ length: count }, (_, i) => i * (strides[axis] ?? 1));
}

/** A row as runs along its last axis: where each starts, and where its numbers lie from there. */
export function runsOf(shape: Shape, layout: Layout): { readonly starts: Uint32Array; readonly along: Uint32Array } {
  return { starts: placesOf(shape.slice(0, -1), layout), along: placesAlong(shape.length - 1, shape, layout) };
}

/** Writes logical row-major numbers into memory laid out as `layout`. */
export function scatter(from: ArrayLike<number>, to: Numbers, rows: number, shape: Shape, layout: Layout): void {
  const { starts, along } = runsOf(shape, layout);
  let i = 0;
  for (let row = 0; row < rows; row++) {
    for (let run = 0; run < starts.length; run++) {
      const start = row * layout.rowStride + (starts[run] as number);
      for (let j = 0; j < along.length; j++) to[start + (along[j] as number)] = from[i++] as number;
    }
  }
}

/** Reads such memory back into logical row-major order. */
export function gather(from: Numbers, to: Numbers, rows: number, shape: Shape, layout: Layout): void {
  const { starts, along } = runsOf(shape, layout);
  let i = 0;
  for (let row = 0; row < rows; row++) {
    for (let run = 0; run < starts.length; run++) {
      const start = row * layout.rowStride + (starts[run] as number);
      for (let j = 0; j < along.length; j++) to[i++] = from[start + (along[j] as number)] as number;
    }
  }
}
