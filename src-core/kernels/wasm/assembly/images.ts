/** The commands on images: they go through the present part of the batch image by image. */
import { activate, activateGradient, activateGradientSum } from './activations';
import { packFilters, packFlipped } from './conv';
import { clearChannels, convCommand, convInputGradientCommand, convWeightGradientCommand } from './conv-commands';
import * as op from './generated/opcodes';
import { maxPool, maxPoolGradient, maxPoolTwo, maxPoolTwoSlope, meanPool, meanPoolGradient, setWindow } from './pools';
import { Arg, Image, State } from './state';
import { winogradConvCommand, winogradGradientsCommand } from './winograd-commands';
import { packPlanes, packPlanesTransposed, transformFilters, transformFiltersBack } from './winograd-filters';

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
