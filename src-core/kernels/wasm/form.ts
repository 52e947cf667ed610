/** Physical forms of values: how many runs of neighbours a value is made of, how long they are and how far apart. */
import type { Layout, Split } from '../../tensor/layout.ts';
import { sizeOf, type Shape } from '../../tensor/shape.ts';

/** Floats of a vector register: runs start at multiples of it. */
export const LANES = 4;
/** A distance of a multiple of so many floats sends all rows into the same few places of the first cache. */
const CACHE_TRAP = 256;
const ESCAPE = 16;

export function padded(n: number): number {
  return Math.ceil(n / LANES) * LANES;
}

/** Distance between the rows of a matrix: a multiple of 4 that is none of 256. */
export function pitchOf(n: number): number {
  const pitch = padded(n);
  return pitch % CACHE_TRAP === 0 ? pitch + ESCAPE : pitch;
}

/** The axes of an image, or of a flattened one. */
export interface ImageAxes {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

export interface Form {
  /**
   * - matrix: row-major, the last axis in padded runs
   * - image: channels last
   * - transposed: a dense weight [out, in] stored in panels of eight outputs, each [in][8]; of four where there are no more
   * - filters: [F, C, kh, kw] stored [kh][kw][C][F]
   */
  readonly kind: 'matrix' | 'image' | 'transposed' | 'filters';
  /** A row of the batch is `outer` runs of n numbers, `pitch` apart; what fills up a run is padding. */
  readonly outer: number;
  readonly n: number;
  readonly pitch: number;
  /** From panel to panel, of what is stored in panels. */
  readonly panel?: number;
  readonly layout: Layout;
  /** Of an image, or of an image that was flattened without being moved. */
  readonly image?: ImageAxes;
  /** True for what is made and read while one image is in hand: it has room for one image, not for a batch. */
  readonly isLocal?: boolean;
  /** Of filters. */
  readonly taps?: number;
}

/** Height, width and channels of what is treated as an image. */
export function imageAxesOf(shape: Shape): ImageAxes | null {
  const [channels = 1, second = 1, third] = shape;
  if (shape.length === 3) return { channels, height: second, width: third ?? 1 };
  return shape.length === 2 ? { channels, height: 1, width: second } : null;
}

/** Images of a batch, each of whole vectors. */
export function isImageBatch(isBatched: boolean, form: Form): boolean {
  return isBatched && form.kind === 'image' && form.outer > 1 && form.pitch % LANES === 0;
}

/** Row-major. `isBatched` matrices avoid the cache trap; a lone row of numbers is only padded. */
export function matrixForm(shape: Shape, isBatched: boolean): Form {
  if (shape.length === 0) return { kind: 'matrix', outer: 1, n: 1, pitch: 1, layout: { strides: [], rowStride: 1 } };
  const n = shape.at(-1) ?? 1;
  const outer = sizeOf(shape.slice(0, -1));
  const pitch = isBatched || outer > 1 ? pitchOf(n) : padded(n);
  const strides = shape.map((_, axis) => (axis === shape.length - 1 ? 1 : pitch * sizeOf(shape.slice(axis + 1, -1))));
  // One matrix gets whole blocks of four rows, so that it can be read transposed in blocks.
  const rows = isBatched ? outer : outer > 1 ? padded(outer) : 1;
  return { kind: 'matrix', outer, n, pitch, layout: { strides, rowStride: rows * pitch } };
}

/** @param shape [C, H, W], [C, L], or [C·H·W] of a flattened image */
export function imageForm(shape: Shape, image: ImageAxes, isBare: boolean): Form {
  const { channels, height, width } = image;
  const pitch = isBare ? channels : padded(channels);
  const outer = height * width;
  const rowStride = padded(outer * pitch);
  const base = { kind: 'image', outer, n: channels, pitch, image } as const;
  const strides = [1, width * pitch, pitch];
  if (shape.length === 3) return { ...base, layout: { strides, rowStride } };
  if (shape.length === 2) return { ...base, layout: { strides: [1, pitch], rowStride } };
  const splits = [{ axis: 0, shape: [channels, height, width], strides }];
  return { ...base, layout: { strides: [1], rowStride, splits } };
}

/** Outputs of a panel: what a register tile of a product is wide. */
const PANEL = 8;

/** A dense weight [out, in]; with `image`, its inputs are a flattened image lying channels last. */
export function transposedForm([outputs = 1, inputs = 1]: Shape, image: ImageAxes | undefined): Form {
  const pitch = outputs <= LANES ? LANES : PANEL;
  const panel = padded(inputs) * pitch;
  const panels = Math.ceil(outputs / pitch);
  const splits: Split[] = [{ axis: 0, shape: [panels, pitch], strides: [panel, 1] }];
  if (image !== undefined) {
    const { channels, height, width } = image;
    const strides = [pitch, width * channels * pitch, channels * pitch];
    splits.push({ axis: 1, shape: [channels, height, width], strides });
  }
  const layout = { strides: [1, pitch], rowStride: panels * panel, splits };
  return { kind: 'transposed', outer: inputs, n: outputs, pitch, panel, layout, ...(image && { image }) };
}

/** Filters [F, C, kh, kw], or [F, C, k] of one dimension; `pitchIn`: the padded channels of the images they meet. */
export function filtersForm(shape: Shape, pitchIn: number): Form {
  const [filters = 1, , ...kernel] = shape;
  const pitch = padded(filters);
  const taps = sizeOf(kernel);
  const [height, width] = kernel.length === 1 ? [1, kernel[0] ?? 1] : [kernel[0] ?? 1, kernel[1] ?? 1];
  const step = pitchIn * pitch;
  const kernelStrides = kernel.length === 1 ? [step] : [width * step, step];
  return {
    kind: 'filters',
    outer: height * width * pitchIn,
    n: filters,
    pitch,
    taps,
    layout: { strides: [1, pitch, ...kernelStrides], rowStride: taps * step },
  };
}
