/** How the logical elements of a value lie in memory: logical order and physical order are two things. */
import { sizeOf, type Shape } from './shape.ts';

export type Numbers = Float32Array | Float64Array;

export interface Layout {
  /** Distance between neighbours along each logical axis. */
  readonly strides: readonly number[];
  /** Distance between two rows of the batch: at least the size of the shape, more where rows are padded. */
  readonly rowStride: number;
  /** An axis that is several in memory: its index counts row-major through `shape`, whose axes have strides of their own. */
  readonly split?: { readonly axis: number; readonly shape: Shape; readonly strides: readonly number[] };
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
    layout.split === undefined &&
    layout.rowStride === plain.rowStride &&
    plain.strides.every((stride, axis) => stride === layout.strides[axis])
  );
}

/** Physical place of every logical element of one row, in row-major order of the elements. */
export function placesOf(shape: Shape, layout: Layout): Uint32Array {
  if (layout.split !== undefined) return placesOf(...withoutSplit(shape, layout, layout.split));
  const places = new Uint32Array(sizeOf(shape));
  const index = shape.map(() => 0);
  let place = 0;
  for (let i = 0; i < places.length; i++) {
    places[i] = place;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const stride = layout.strides[axis] as number;
      const next = (index[axis] as number) + 1;
      if (next < (shape[axis] as number)) {
        index[axis] = next;
        place += stride;
        break;
      }
      place -= stride * (next - 1);
      index[axis] = 0;
    }
  }
  return places;
}

/** The same elements with the split axis replaced by its parts. */
function withoutSplit(shape: Shape, layout: Layout, split: NonNullable<Layout['split']>): [Shape, Layout] {
  const { axis } = split;
  const replaced = (own: readonly number[], parts: readonly number[]) => [
    ...own.slice(0, axis),
    ...parts,
    ...own.slice(axis + 1),
  ];
  const strides = replaced(layout.strides, split.strides);
  return [replaced(shape, split.shape), { strides, rowStride: layout.rowStride }];
}

/** Writes logical row-major numbers into memory laid out as `layout`. */
export function scatter(from: ArrayLike<number>, to: Numbers, rows: number, shape: Shape, layout: Layout): void {
  const size = sizeOf(shape);
  const places = placesOf(shape, layout);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < size; i++) {
      to[row * layout.rowStride + (places[i] as number)] = from[row * size + i] as number;
    }
  }
}

/** Reads such memory back into logical row-major order. */
export function gather(from: Numbers, to: Numbers, rows: number, shape: Shape, layout: Layout): void {
  const size = sizeOf(shape);
  const places = placesOf(shape, layout);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < size; i++) {
      to[row * size + i] = from[row * layout.rowStride + (places[i] as number)] as number;
    }
  }
}
