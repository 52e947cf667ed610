/** The commands of direct convolutions: image by image through the present part of the batch. */
import { activate } from './activations';
import { border, convolve, correlate } from './conv';
import { FN_LINEAR, FN_RELU } from './generated/opcodes';
import { bordered, FIRST, lineOf, Shape } from './image-shape';
import { Arg, Image, State } from './state';

/** What an output is at least: relu goes along with the sum before it. */
export function lowestOf(kind: i32): f32 {
  return kind === FN_RELU ? 0 : -Infinity;
}

/** The rest of an activation: what `lowestOf` does not do. */
export function finishActivation(kind: i32, y: usize, n: i32, alpha: f32): void {
  if (kind !== FN_LINEAR && kind !== FN_RELU) activate(kind, y, y, n, alpha);
}

/** shape…, x, panels, y, start (bias or zeros), activation, alpha. */
export function convCommand(pc: usize): void {
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
      lowestOf(kind),
    );
    finishActivation(kind, y, size, Arg.float(pc, FIRST + 7));
  }
}

/** shape…, g, flipped panels, dx, zeros: a convolution of g, laid into zeros, with the filters turned round. */
export function convInputGradientCommand(pc: usize): void {
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
      -Infinity,
    );
  }
}

/** shape…, x, g, dw: adds to dw. */
export function convWeightGradientCommand(pc: usize): void {
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
export function clearChannels(pc: usize): void {
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
