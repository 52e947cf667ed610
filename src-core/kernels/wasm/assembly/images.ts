/** The commands on images: they go through a batch image by image. */
import { activate } from './activations';
import { border, convolve, correlate, packFilters, packFlipped } from './conv';
import { OP_MAX_POOL, OP_MAX_POOL_GRADIENT, OP_MEAN_POOL } from './generated/opcodes';
import { maxPool, maxPoolGradient, meanPool, meanPoolGradient, setWindow } from './pools';
import { Arg, State } from './state';

/** Lengths of a convolution: the words that all three commands start with, after rows*. */
class Shape {
  @inline
  static height(pc: usize): i32 {
    return Arg.int(pc, 2);
  }
  @inline
  static width(pc: usize): i32 {
    return Arg.int(pc, 3);
  }
  @inline
  static channels(pc: usize): i32 {
    return Arg.int(pc, 4);
  }
  @inline
  static rows(pc: usize): i32 {
    return Arg.int(pc, 5);
  }
  @inline
  static columns(pc: usize): i32 {
    return Arg.int(pc, 6);
  }
  @inline
  static filters(pc: usize): i32 {
    return Arg.int(pc, 7);
  }
  @inline
  static kernelDown(pc: usize): i32 {
    return Arg.int(pc, 8);
  }
  @inline
  static kernelAcross(pc: usize): i32 {
    return Arg.int(pc, 9);
  }
  @inline
  static strideDown(pc: usize): i32 {
    return Arg.int(pc, 10);
  }
  @inline
  static strideAcross(pc: usize): i32 {
    return Arg.int(pc, 11);
  }
  @inline
  static above(pc: usize): i32 {
    return Arg.int(pc, 12);
  }
  @inline
  static before(pc: usize): i32 {
    return Arg.int(pc, 13);
  }
  /** Height of the plane that holds all windows. */
  @inline
  static planeHeight(pc: usize): i32 {
    return (Shape.rows(pc) - 1) * Shape.strideDown(pc) + Shape.kernelDown(pc);
  }
  @inline
  static planeWidth(pc: usize): i32 {
    return (Shape.columns(pc) - 1) * Shape.strideAcross(pc) + Shape.kernelAcross(pc);
  }
  /** True when every window lies inside the image, so that no border is needed. */
  @inline
  static isInside(pc: usize): bool {
    return (
      Shape.above(pc) === 0 &&
      Shape.before(pc) === 0 &&
      Shape.planeHeight(pc) <= Shape.height(pc) &&
      Shape.planeWidth(pc) <= Shape.width(pc)
    );
  }
}

/** Words after the shape. */
const IMAGE_STRIDE: i32 = 14;
const MAP_STRIDE: i32 = 15;
const WORK: i32 = 16;
const FIRST: i32 = 17;

/** The image with its border, or as it is where it needs none; `State.scratch` holds the border. */
function bordered(pc: usize, x: usize): usize {
  if (Shape.isInside(pc)) return x;
  const pixel = (<usize>Shape.channels(pc)) << 2;
  border(
    x,
    State.scratch,
    Shape.height(pc),
    Shape.width(pc),
    pixel,
    Shape.above(pc),
    Shape.before(pc),
    1,
    1,
    Shape.planeHeight(pc),
    Shape.planeWidth(pc),
  );
  return State.scratch;
}

/** Bytes of a line of what `bordered` returns. */
function lineOf(pc: usize): usize {
  const width = Shape.isInside(pc) ? Shape.width(pc) : Shape.planeWidth(pc);
  return (<usize>(width * Shape.channels(pc))) << 2;
}

/** shape…, x, w, y, start (bias or zeros), activation, alpha. */
export function convCommand(pc: usize): void {
  const images = Arg.count(pc, 0);
  const channels = Shape.channels(pc);
  const filters = Shape.filters(pc);
  const k = Shape.kernelAcross(pc) * channels;
  const work = Arg.address(pc, WORK);
  let x = Arg.address(pc, FIRST);
  let y = Arg.address(pc, FIRST + 2);
  const kind = Arg.int(pc, FIRST + 4);
  const size = Shape.rows(pc) * Shape.columns(pc) * filters;
  packFilters(Arg.address(pc, FIRST + 1), work, Shape.kernelDown(pc) * k, filters);
  for (let i = 0; i < images; i++) {
    convolve(
      bordered(pc, x),
      work,
      Arg.address(pc, FIRST + 3),
      y,
      Shape.rows(pc),
      Shape.columns(pc),
      filters,
      Shape.kernelDown(pc),
      k,
      (<usize>(Shape.strideAcross(pc) * channels)) << 2,
      lineOf(pc),
      Shape.strideDown(pc),
    );
    if (kind !== 0) activate(kind, y, y, size, Arg.float(pc, FIRST + 5));
    x += Arg.address(pc, IMAGE_STRIDE);
    y += Arg.address(pc, MAP_STRIDE);
  }
}

/** shape…, g, w, dx, zeros: a convolution of g, laid into zeros, with the filters turned round. */
export function convInputGradientCommand(pc: usize): void {
  const images = Arg.count(pc, 0);
  const channels = Shape.channels(pc);
  const filters = Shape.filters(pc);
  const taps = Shape.kernelDown(pc) * Shape.kernelAcross(pc);
  const pixel = (<usize>filters) << 2;
  const height = Shape.height(pc) + Shape.kernelDown(pc) - 1;
  const width = Shape.width(pc) + Shape.kernelAcross(pc) - 1;
  const work = Arg.address(pc, WORK);
  let g = Arg.address(pc, FIRST);
  let dx = Arg.address(pc, FIRST + 2);
  packFlipped(Arg.address(pc, FIRST + 1), work, taps, channels, filters);
  for (let i = 0; i < images; i++) {
    border(
      g,
      State.scratch,
      Shape.rows(pc),
      Shape.columns(pc),
      pixel,
      Shape.kernelDown(pc) - 1 - Shape.above(pc),
      Shape.kernelAcross(pc) - 1 - Shape.before(pc),
      Shape.strideDown(pc),
      Shape.strideAcross(pc),
      height,
      width,
    );
    convolve(
      State.scratch,
      work,
      Arg.address(pc, FIRST + 3),
      dx,
      Shape.height(pc),
      Shape.width(pc),
      channels,
      Shape.kernelDown(pc),
      Shape.kernelAcross(pc) * filters,
      pixel,
      (<usize>(width * filters)) << 2,
      1,
    );
    g += Arg.address(pc, MAP_STRIDE);
    dx += Arg.address(pc, IMAGE_STRIDE);
  }
}

/** shape…, x, g, dw, real channels: filters of padding channels stay zero. */
export function convWeightGradientCommand(pc: usize): void {
  const images = Arg.count(pc, 0);
  const channels = Shape.channels(pc);
  const filters = Shape.filters(pc);
  const taps = Shape.kernelDown(pc) * Shape.kernelAcross(pc);
  let x = Arg.address(pc, FIRST);
  let g = Arg.address(pc, FIRST + 1);
  const dw = Arg.address(pc, FIRST + 2);
  const real = Arg.int(pc, FIRST + 3);
  memory.fill(dw, 0, (<usize>(taps * channels * filters)) << 2);
  for (let i = 0; i < images; i++) {
    correlate(
      bordered(pc, x),
      g,
      dw,
      Shape.rows(pc),
      Shape.columns(pc),
      filters,
      Shape.kernelDown(pc),
      Shape.kernelAcross(pc) * channels,
      (<usize>(Shape.strideAcross(pc) * channels)) << 2,
      lineOf(pc),
      Shape.strideDown(pc),
    );
    x += Arg.address(pc, IMAGE_STRIDE);
    g += Arg.address(pc, MAP_STRIDE);
  }
  if (real === channels) return;
  for (let tap = 0; tap < taps; tap++) {
    const at = dw + ((<usize>((tap * channels + real) * filters)) << 2);
    memory.fill(at, 0, (<usize>((channels - real) * filters)) << 2);
  }
}

/** rows*, window (11 words), imageStride, mapStride, then x, y or x, g, dx or g, dx. */
export function poolCommand(pc: usize, opcode: i32): void {
  setWindow(
    Arg.int(pc, 2),
    Arg.int(pc, 3),
    Arg.int(pc, 4),
    Arg.int(pc, 5),
    Arg.int(pc, 6),
    Arg.int(pc, 7),
    Arg.int(pc, 8),
    Arg.int(pc, 9),
    Arg.int(pc, 10),
    Arg.int(pc, 11),
    Arg.int(pc, 12),
  );
  const images = Arg.count(pc, 0);
  for (let i = 0; i < images; i++) {
    const image = <usize>i * Arg.address(pc, 13);
    const map = <usize>i * Arg.address(pc, 14);
    const first = Arg.address(pc, 15);
    const second = Arg.address(pc, 16);
    if (opcode === OP_MAX_POOL) maxPool(first + image, second + map);
    else if (opcode === OP_MAX_POOL_GRADIENT) maxPoolGradient(first + image, second + map, Arg.address(pc, 17) + image);
    else if (opcode === OP_MEAN_POOL) meanPool(first + image, second + map);
    else meanPoolGradient(first + map, second + image);
  }
}
