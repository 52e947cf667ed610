/** Runs commands: what the encoder wrote into memory, one after another, without leaving WebAssembly. */
import { activate, activateGradient, activateGradientSum, columnSum } from './activations';
import { aloneCommand } from './alone-commands';
import { addTwo, finiteSum, multiplyTwo, scale, sumChunks } from './arithmetic';
import { rowGemm } from './attention';
import * as op from './generated/opcodes';
import { imageCommand } from './images';
import { normCommand } from './norm-commands';
import { LINE, Own } from './own';
import { columnProduct, rowProduct } from './products';
import { batchLoss, rowCommand } from './row-commands';
import { Arg, State } from './state';
import { noteSum, Step } from './steps';
import { meet, Share } from './threads';

/** Runs the commands in [pc, end). */
export function run(pc: usize, end: usize): void {
  while (pc < end) {
    const word = load<u32>(pc);
    const opcode = <i32>(word & 0xffff);
    const next = pc + ((<usize>(word >> 16)) << 2);
    if (opcode === op.OP_SLICES) {
      // bytes of the commands that follow, chunks
      const chunks = Arg.int(pc, 1);
      pc = next + Arg.address(pc, 0);
      runSlices(next, pc, chunks);
    } else {
      execute(pc, opcode);
      pc = next;
    }
    meet();
  }
}

/**
 * The commands in [from, to) image by image, so that what one writes is near when the next one reads it. Chunks of the
 * batch have sums of their own: how many there are does not depend on the threads, so neither do the results.
 */
function runSlices(from: usize, to: usize, chunks: i32): void {
  const rows = State.rows;
  const lastChunk = (chunks * (State.thread + 1)) / State.threads;
  for (let chunk = (chunks * State.thread) / State.threads; chunk < lastChunk; chunk++) {
    State.chunk = chunk;
    const end = (rows * (chunk + 1)) / chunks;
    for (let row = (rows * chunk) / chunks; row < end; row++) {
      State.first = row;
      State.last = row + 1;
      for (let at = from; at < to;) {
        const word = load<u32>(at);
        imageCommand(at, <i32>(word & 0xffff));
        at += (<usize>(word >> 16)) << 2;
      }
    }
  }
}

/** In the comments: the words of a command; n* is a count of two words (fixed, per row of the batch). */
function execute(pc: usize, opcode: i32): void {
  switch (opcode) {
    case op.OP_GEMM:
      rowProduct(pc);
      break;
    case op.OP_GEMM_COLUMNS:
      columnProduct(pc);
      break;
    case op.OP_ACTIVATE: // n*, kind, alpha, x, y
      Share.of(Arg.count(pc, 0), LINE);
      activate(Arg.int(pc, 2), Own.at(pc, 4), Own.at(pc, 5), Own.length(), Arg.float(pc, 3));
      break;
    case op.OP_ACTIVATE_GRADIENT: // n*, kind, alpha, saved, g, dx
      Share.of(Arg.count(pc, 0), LINE);
      activateGradient(Arg.int(pc, 2), Own.at(pc, 4), Own.at(pc, 5), Own.at(pc, 6), Own.length(), Arg.float(pc, 3));
      break;
    case op.OP_ACTIVATE_GRADIENT_SUM: // rows*, kind, alpha, saved, g, dx, n, ld, sum
      Share.of(Arg.int(pc, 7), LINE);
      activateGradientSum(
        Arg.int(pc, 2),
        Own.at(pc, 4),
        Own.at(pc, 5),
        Own.at(pc, 6),
        Arg.count(pc, 0),
        Own.length(),
        Arg.address(pc, 8),
        Own.at(pc, 9),
        Arg.float(pc, 3),
        false,
      );
      break;
    case op.OP_COLUMN_SUM: // rows*, n, ld, x, sum
      Share.of(Arg.int(pc, 2), LINE);
      columnSum(Own.at(pc, 4), Arg.count(pc, 0), Own.length(), Arg.address(pc, 3), Own.at(pc, 5), false);
      break;
    case op.OP_ADD: // n*, a, b, y
      Share.of(Arg.count(pc, 0), LINE);
      addTwo(Own.at(pc, 2), Own.at(pc, 3), Own.at(pc, 4), Own.length());
      break;
    case op.OP_MULTIPLY: // n*, a, b, y
      Share.of(Arg.count(pc, 0), LINE);
      multiplyTwo(Own.at(pc, 2), Own.at(pc, 3), Own.at(pc, 4), Own.length());
      break;
    case op.OP_SCALE: // n*, factor, x, y
      Share.of(Arg.count(pc, 0), LINE);
      scale(Own.at(pc, 3), Own.at(pc, 4), Own.length(), Arg.float(pc, 2));
      break;
    case op.OP_FINITE: {
      // y (cleared before), count, then x and length of each
      let sum: f32 = 0;
      for (let i = 0; i < Arg.int(pc, 1); i++) {
        Share.of(Arg.int(pc, 3 + 2 * i), LINE);
        sum += finiteSum(Own.at(pc, 2 + 2 * i), Own.length());
      }
      noteSum(Arg.address(pc, 0), sum);
      break;
    }
    case op.OP_SUM_CHUNKS: // to, from, distance of chunks, chunks, n
      Share.of(Arg.int(pc, 4), LINE);
      sumChunks(Own.at(pc, 0), Own.at(pc, 1), Arg.address(pc, 2), Arg.int(pc, 3), Own.length());
      break;
    case op.OP_BATCH_LOSS: // small networks meet these two in every step
      batchLoss(pc);
      break;
    case op.OP_CLEAR: // n*, y
      Share.of(Arg.count(pc, 0), LINE);
      memory.fill(Own.at(pc, 2), 0, (<usize>Own.length()) << 2);
      break;
    default:
      if (Step.over(pc, opcode) || normCommand(pc, opcode) || rowCommand(pc, opcode)) break;
      if (opcode === op.OP_ROW_GEMM) {
        rowGemm(pc);
        break;
      }
      if (State.thread === 0) aloneCommand(pc, opcode);
  }
}
