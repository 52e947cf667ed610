/** The commands on images: they go through the present part of the batch image by image. */
import { activate, activateGradient, activateGradientSum } from './activations';
import { border, convolve, correlate, packFilters, packFlipped } from './conv';
import * as op from './generated/opcodes';
import { maxPool, maxPoolGradient, maxPoolTwo, maxPoolTwoSlope, meanPool, meanPoolGradient, setWindow } from './pools';
import { Arg, Image, State } from './state';
import {
  correlatePlanes,
  multiplyPlanes,
  packPlanes,
  packPlanesTransposed,
  transformFilters,
  transformFiltersBack,
  transformImage,
  transformImageBack,
  transformMaps,
  transformMapsBack,
} from './winograd';

/** Lengths of a convolution: the words that all its commands start with. */
class Shape {
  @inline
  static height(pc: usize): i32 {
    return Arg.int(pc, 0);
  }
  @inline
  static width(pc: usize): i32 {
    return Arg.int(pc, 1);
  }
  @inline
  static channels(pc: usize): i32 {
    return Arg.int(pc, 2);
  }
  @inline
  static rows(pc: usize): i32 {
    return Arg.int(pc, 3);
  }
  @inline
  static columns(pc: usize): i32 {
    return Arg.int(pc, 4);
  }
  @inline
  static filters(pc: usize): i32 {
    return Arg.int(pc, 5);
  }
  @inline
  static kernelDown(pc: usize): i32 {
    return Arg.int(pc, 6);
  }
  @inline
  static kernelAcross(pc: usize): i32 {
    return Arg.int(pc, 7);
  }
  @inline
  static strideDown(pc: usize): i32 {
    return Arg.int(pc, 8);
  }
  @inline
  static strideAcross(pc: usize): i32 {
    return Arg.int(pc, 9);
  }
  @inline
  static above(pc: usize): i32 {
    return Arg.int(pc, 10);
  }
  @inline
  static before(pc: usize): i32 {
    return Arg.int(pc, 11);
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
const FIRST: i32 = 12;

/** The image with its border, or as it is where it needs none; `State.scratch` holds the border. */
function bordered(pc: usize, x: usize): usize {
  if (Shape.isInside(pc)) return x;
  border(
    x,
    State.scratch,
    Shape.height(pc),
    Shape.width(pc),
    (<usize>Shape.channels(pc)) << 2,
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

/** shape…, x, panels, y, start (bias or zeros), activation, alpha. */
function convCommand(pc: usize): void {
  const channels = Shape.channels(pc);
  const filters = Shape.filters(pc);
  const kind = Arg.int(pc, FIRST + 6);
  const size = Shape.rows(pc) * Shape.columns(pc) * filters;
  for (let i = State.first; i < State.last; i++) {
    const x = Image.at(pc, FIRST, i);
    const y = Image.at(pc, FIRST + 3, i);
    convolve(
      bordered(pc, x),
      Arg.address(pc, FIRST + 2),
      Arg.address(pc, FIRST + 5),
      y,
      Shape.rows(pc),
      Shape.columns(pc),
      filters,
      Shape.kernelDown(pc),
      Shape.kernelAcross(pc) * channels,
      (<usize>(Shape.strideAcross(pc) * channels)) << 2,
      lineOf(pc),
      Shape.strideDown(pc),
    );
    if (kind !== op.FN_LINEAR) activate(kind, y, y, size, Arg.float(pc, FIRST + 7));
  }
}

/** shape…, g, flipped panels, dx, zeros: a convolution of g, laid into zeros, with the filters turned round. */
function convInputGradientCommand(pc: usize): void {
  const filters = Shape.filters(pc);
  const pixel = (<usize>filters) << 2;
  const height = Shape.height(pc) + Shape.kernelDown(pc) - 1;
  const width = Shape.width(pc) + Shape.kernelAcross(pc) - 1;
  for (let i = State.first; i < State.last; i++) {
    border(
      Image.at(pc, FIRST, i),
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
      Arg.address(pc, FIRST + 2),
      Arg.address(pc, FIRST + 5),
      Image.at(pc, FIRST + 3, i),
      Shape.height(pc),
      Shape.width(pc),
      Shape.channels(pc),
      Shape.kernelDown(pc),
      Shape.kernelAcross(pc) * filters,
      pixel,
      (<usize>(width * filters)) << 2,
      1,
    );
  }
}

/** shape…, x, g, dw: adds to dw. */
function convWeightGradientCommand(pc: usize): void {
  const channels = Shape.channels(pc);
  for (let i = State.first; i < State.last; i++) {
    correlate(
      bordered(pc, Image.at(pc, FIRST, i)),
      Image.at(pc, FIRST + 2, i),
      Image.sum(pc, FIRST + 4),
      Shape.rows(pc),
      Shape.columns(pc),
      Shape.filters(pc),
      Shape.kernelDown(pc),
      Shape.kernelAcross(pc) * channels,
      (<usize>(Shape.strideAcross(pc) * channels)) << 2,
      lineOf(pc),
      Shape.strideDown(pc),
    );
  }
}

/** dw, taps, channels in memory, real channels, filters: what belongs to padding channels stays zero. */
function clearChannels(pc: usize): void {
  const dw = Arg.address(pc, 0);
  const channels = Arg.int(pc, 2);
  const real = Arg.int(pc, 3);
  const filters = Arg.int(pc, 4);
  for (let tap = 0; tap < Arg.int(pc, 1); tap++) {
    memory.fill(
      dw + ((<usize>((tap * channels + real) * filters)) << 2),
      0,
      (<usize>((channels - real) * filters)) << 2,
    );
  }
}

/** Areas of this thread's scratch that a Winograd pass over one image uses. */
class Tiles {
  /** Bytes for the transforms' own intermediate numbers. */
  static SMALL: usize = 256;
  static down: i32 = 0;
  static across: i32 = 0;
  static count: i32 = 0;
  /** Bytes of a line of the bordered image, and of the whole. */
  static line: usize = 0;
  static bordered: usize = 0;
  /** Bytes of a plane of transformed images and of transformed maps. */
  static imagePlane: usize = 0;
  static mapPlane: usize = 0;
  static images: usize = 0;
  static maps: usize = 0;

  static measure(pc: usize): void {
    Tiles.down = (Shape.rows(pc) + 1) >> 1;
    Tiles.across = (Shape.columns(pc) + 1) >> 1;
    Tiles.count = Tiles.down * Tiles.across;
    Tiles.line = (<usize>((2 * Tiles.across + 2) * Shape.channels(pc))) << 2;
    Tiles.bordered = State.scratch + Tiles.SMALL;
    Tiles.imagePlane = (<usize>(Tiles.count * Shape.channels(pc))) << 2;
    Tiles.mapPlane = (<usize>(Tiles.count * Shape.filters(pc))) << 2;
    Tiles.images = Tiles.bordered + <usize>(2 * Tiles.down + 2) * Tiles.line;
    Tiles.maps = Tiles.images + 16 * Tiles.imagePlane;
  }

  /** The transformed planes of an image. */
  static ofImage(pc: usize, x: usize): void {
    border(
      x,
      Tiles.bordered,
      Shape.height(pc),
      Shape.width(pc),
      (<usize>Shape.channels(pc)) << 2,
      Shape.above(pc),
      Shape.before(pc),
      1,
      1,
      2 * Tiles.down + 2,
      2 * Tiles.across + 2,
    );
    transformImage(
      Tiles.bordered,
      Tiles.images,
      Tiles.down,
      Tiles.across,
      Shape.channels(pc),
      Tiles.line,
      Tiles.imagePlane,
    );
  }
}

/** shape…, x, panels, y, start (bias or zeros), activation, alpha, zeros. */
function winogradConvCommand(pc: usize): void {
  const channels = Shape.channels(pc);
  const filters = Shape.filters(pc);
  const kind = Arg.int(pc, FIRST + 6);
  const size = Shape.rows(pc) * Shape.columns(pc) * filters;
  Tiles.measure(pc);
  for (let i = State.first; i < State.last; i++) {
    const y = Image.at(pc, FIRST + 3, i);
    Tiles.ofImage(pc, Image.at(pc, FIRST, i));
    multiplyPlanes(
      Tiles.images,
      Arg.address(pc, FIRST + 2),
      Tiles.maps,
      Tiles.count,
      channels,
      filters,
      Arg.address(pc, FIRST + 8),
    );
    transformMaps(
      Tiles.maps,
      y,
      Arg.address(pc, FIRST + 5),
      kind === op.FN_RELU,
      Tiles.across,
      Shape.rows(pc),
      Shape.columns(pc),
      filters,
      Tiles.mapPlane,
    );
    if (kind !== op.FN_LINEAR && kind !== op.FN_RELU) activate(kind, y, y, size, Arg.float(pc, FIRST + 7));
  }
}

/** shape…, x, g, dx or 0, dU or 0, transposed panels, zeros: adds to dU, writes dx. */
function winogradGradientsCommand(pc: usize): void {
  const channels = Shape.channels(pc);
  const filters = Shape.filters(pc);
  const pixel = (<usize>channels) << 2;
  Tiles.measure(pc);
  for (let i = State.first; i < State.last; i++) {
    const g = Image.at(pc, FIRST + 2, i);
    transformMapsBack(g, Tiles.maps, Tiles.across, Shape.rows(pc), Shape.columns(pc), filters, Tiles.mapPlane);
    if (Arg.address(pc, FIRST + 6) !== 0) {
      Tiles.ofImage(pc, Image.at(pc, FIRST, i));
      correlatePlanes(Tiles.images, Tiles.maps, Image.sum(pc, FIRST + 6), Tiles.count, channels, filters);
    }
    if (Arg.address(pc, FIRST + 4) === 0) continue;
    multiplyPlanes(
      Tiles.maps,
      Arg.address(pc, FIRST + 8),
      Tiles.images,
      Tiles.count,
      filters,
      channels,
      Arg.address(pc, FIRST + 9),
    );
    memory.fill(Tiles.bordered, 0, <usize>(2 * Tiles.down + 2) * Tiles.line);
    transformImageBack(
      Tiles.images,
      Tiles.bordered,
      Tiles.down,
      Tiles.across,
      channels,
      Tiles.line,
      Tiles.imagePlane,
      State.scratch,
    );
    // What fell on the border belongs to padding; where windows end before the image does, its rest has no gradient.
    const dx = Image.at(pc, FIRST + 4, i);
    crop(
      Tiles.bordered + <usize>Shape.above(pc) * Tiles.line + <usize>Shape.before(pc) * pixel,
      Tiles.line,
      dx,
      Shape.height(pc),
      <usize>Shape.width(pc) * pixel,
    );
  }
}

function crop(from: usize, line: usize, to: usize, rows: i32, bytes: usize): void {
  for (let i = 0; i < rows; i++) {
    memory.copy(to, from, bytes);
    from += line;
    to += bytes;
  }
}

/** n, kind, alpha, x, y. */
function imageActivate(pc: usize): void {
  for (let i = State.first; i < State.last; i++) {
    activate(Arg.int(pc, 1), Image.at(pc, 3, i), Image.at(pc, 5, i), Arg.int(pc, 0), Arg.float(pc, 2));
  }
}

/** pixels, kind, alpha, saved, g, dx, n, ld, sum or 0: adds to the sum. */
function imageSlope(pc: usize): void {
  const kind = Arg.int(pc, 1);
  const alpha = Arg.float(pc, 2);
  const pixels = Arg.int(pc, 0);
  const ld = Arg.address(pc, 10);
  for (let i = State.first; i < State.last; i++) {
    const saved = Image.at(pc, 3, i);
    const g = Image.at(pc, 5, i);
    const dx = Image.at(pc, 7, i);
    if (Arg.address(pc, 11) === 0) activateGradient(kind, saved, g, dx, pixels * <i32>(ld >> 2), alpha);
    else activateGradientSum(kind, saved, g, dx, pixels, Arg.int(pc, 9), ld, Image.sum(pc, 11), alpha, true);
  }
}

/** window (11 words), then x, y or x, g, dx or g, dx, or x, g, dx, sum or 0. */
function poolCommand(pc: usize, opcode: i32): void {
  setWindow(
    Arg.int(pc, 0),
    Arg.int(pc, 1),
    Arg.int(pc, 2),
    Arg.int(pc, 3),
    Arg.int(pc, 4),
    Arg.int(pc, 5),
    Arg.int(pc, 6),
    Arg.int(pc, 7),
    Arg.int(pc, 8),
    Arg.int(pc, 9),
    Arg.int(pc, 10),
  );
  for (let i = State.first; i < State.last; i++) {
    const a = Image.at(pc, 11, i);
    const b = Image.at(pc, 13, i);
    if (opcode === op.OP_MAX_POOL) maxPool(a, b);
    else if (opcode === op.OP_MAX_POOL_TWO) maxPoolTwo(a, b);
    else if (opcode === op.OP_MAX_POOL_TWO_SLOPE) maxPoolTwoSlope(a, b, Image.at(pc, 15, i), Image.sum(pc, 17));
    else if (opcode === op.OP_MAX_POOL_GRADIENT) maxPoolGradient(a, b, Image.at(pc, 15, i));
    else if (opcode === op.OP_MEAN_POOL) meanPool(a, b);
    else meanPoolGradient(a, b);
  }
}

/** One command on images. */
export function imageCommand(pc: usize, opcode: i32): void {
  switch (opcode) {
    case op.OP_PACK_FILTERS: // w, panels, k, n
      packFilters(Arg.address(pc, 0), Arg.address(pc, 1), Arg.int(pc, 2), Arg.int(pc, 3));
      break;
    case op.OP_PACK_FLIPPED: // w, panels, taps, channels, filters
      packFlipped(Arg.address(pc, 0), Arg.address(pc, 1), Arg.int(pc, 2), Arg.int(pc, 3), Arg.int(pc, 4));
      break;
    case op.OP_CONV:
      convCommand(pc);
      break;
    case op.OP_CONV_INPUT_GRADIENT:
      convInputGradientCommand(pc);
      break;
    case op.OP_CONV_WEIGHT_GRADIENT:
      convWeightGradientCommand(pc);
      break;
    case op.OP_CLEAR_CHANNELS:
      clearChannels(pc);
      break;
    case op.OP_WINOGRAD_FILTERS: // w, planes, panels, isTransposed, channels, filters
      transformFilters(Arg.address(pc, 0), Arg.address(pc, 1), Arg.int(pc, 4), Arg.int(pc, 5));
      if (Arg.int(pc, 3) === 0) packPlanes(Arg.address(pc, 1), Arg.address(pc, 2), Arg.int(pc, 4), Arg.int(pc, 5));
      else packPlanesTransposed(Arg.address(pc, 1), Arg.address(pc, 2), Arg.int(pc, 4), Arg.int(pc, 5));
      break;
    case op.OP_WINOGRAD_FILTERS_BACK: // dU, dw, channels, filters
      transformFiltersBack(Arg.address(pc, 0), Arg.address(pc, 1), Arg.int(pc, 2), Arg.int(pc, 3), State.scratch);
      break;
    case op.OP_WINOGRAD_CONV:
      winogradConvCommand(pc);
      break;
    case op.OP_WINOGRAD_GRADIENTS:
      winogradGradientsCommand(pc);
      break;
    case op.OP_IMAGE_ACTIVATE:
      imageActivate(pc);
      break;
    case op.OP_IMAGE_SLOPE:
      imageSlope(pc);
      break;
    default:
      poolCommand(pc, opcode);
  }
}
