/** Runs commands: what the encoder wrote into memory, one after another, without leaving WebAssembly. */
import { activate, activateGradient, activateGradientSum, columnSum } from './activations';
import { aloneCommand } from './alone-commands';
import { addTwo, finiteSum, multiplyTwo, scale, sumChunks } from './arithmetic';
import { rowGemm } from './attention';
import { gemm } from './gemm';
import * as op from './generated/opcodes';
import { imageCommand } from './images';
import { normCommand } from './norm-commands';
import { Arg, State } from './state';
import { meet, Share } from './threads';
import { adagrad, adam, deltaBarDelta, momentum, rmsprop, sgd } from './updates';

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

/** Rows that tiles of products take at a time. */
const TILE_ROWS: i32 = 6;
/** Floats of a cache line: threads do not share one. */
const LINE: i32 = 16;

/** In the comments: the words of a command; n* is a count of two words (fixed, per row of the batch). */
function execute(pc: usize, opcode: i32): void {
  switch (opcode) {
    case op.OP_GEMM: {
      // m*, n, k, bT, a, lda, b, ldb, c, ldc, start, startStride, activation, alpha
      const c = Arg.address(pc, 9);
      const ldc = Arg.address(pc, 10);
      Share.of(Arg.count(pc, 0), TILE_ROWS);
      if (Share.first === Share.last) break;
      gemm(
        false,
        Arg.int(pc, 4) !== 0,
        Share.first,
        Share.last,
        Arg.int(pc, 2),
        Arg.int(pc, 3),
        Arg.address(pc, 5),
        Arg.address(pc, 6),
        Arg.address(pc, 7),
        Arg.address(pc, 8),
        c,
        ldc,
        Arg.address(pc, 11),
        Arg.address(pc, 12),
        State.scratch,
      );
      const kind = Arg.int(pc, 13);
      const own = c + <usize>Share.first * ldc;
      if (kind !== op.FN_LINEAR) {
        activate(kind, own, own, (Share.last - Share.first) * <i32>(ldc >> 2), Arg.float(pc, 14));
      }
      break;
    }
    case op.OP_GEMM_COLUMNS: // k*, m, n, a, lda, b, ldb, c, ldc, zeros: c [m × n] = aᵀ·b over k rows
      Share.of(Arg.int(pc, 2), TILE_ROWS);
      if (Share.first === Share.last) break;
      gemm(
        true,
        false,
        Share.first,
        Share.last,
        Arg.int(pc, 3),
        Arg.count(pc, 0),
        Arg.address(pc, 4),
        Arg.address(pc, 5),
        Arg.address(pc, 6),
        Arg.address(pc, 7),
        Arg.address(pc, 8),
        Arg.address(pc, 9),
        Arg.address(pc, 10),
        0,
        State.scratch,
      );
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
      if (sum !== 0) atomic.or<i32>(Arg.address(pc, 0), NAN_BITS);
      break;
    }
    case op.OP_BATCH_LOSS: // small networks meet these two in every step
    case op.OP_CLEAR:
      if (State.thread === 0) aloneCommand(pc, opcode);
      break;
    default:
      if (update(pc, opcode) || normCommand(pc, opcode)) break;
      if (opcode === op.OP_ROW_GEMM) {
        rowGemm(pc);
        break;
      }
      if (State.thread === 0) aloneCommand(pc, opcode);
  }
}

/** What makes a float not a number, whatever its other bits. */
const NAN_BITS: i32 = 0x7fc00000;

/** Operands of commands that share out their elements. */
class Own {
  @inline
  static at(pc: usize, index: i32): usize {
    return Arg.address(pc, index) + ((<usize>Share.first) << 2);
  }

  @inline
  static length(): i32 {
    return Share.last - Share.first;
  }
}

/** Optimizer steps and sums of chunks; false for another command. */
function update(pc: usize, opcode: i32): bool {
  switch (opcode) {
    case op.OP_SGD: // n, w, g
      Share.of(Arg.int(pc, 0), LINE);
      sgd(Own.at(pc, 1), Own.at(pc, 2), Own.length());
      return true;
    case op.OP_MOMENTUM: // n, w, g, v, momentum, nesterov
      Share.of(Arg.int(pc, 0), LINE);
      momentum(Own.at(pc, 1), Own.at(pc, 2), Own.at(pc, 3), Own.length(), Arg.float(pc, 4), Arg.int(pc, 5) !== 0);
      return true;
    case op.OP_ADAGRAD: // n, w, g, sum, epsilon
      Share.of(Arg.int(pc, 0), LINE);
      adagrad(Own.at(pc, 1), Own.at(pc, 2), Own.at(pc, 3), Own.length(), Arg.float(pc, 4));
      return true;
    case op.OP_RMSPROP: // n, w, g, square, rho, 1 − rho, epsilon
      Share.of(Arg.int(pc, 0), LINE);
      rmsprop(
        Own.at(pc, 1),
        Own.at(pc, 2),
        Own.at(pc, 3),
        Own.length(),
        Arg.float(pc, 4),
        Arg.float(pc, 5),
        Arg.float(pc, 6),
      );
      return true;
    case op.OP_ADAM: // n, w, g, m, v, address of beta1, beta2, epsilon, decay in float64
      Share.of(Arg.int(pc, 0), LINE);
      adam(
        Own.at(pc, 1),
        Own.at(pc, 2),
        Own.at(pc, 3),
        Own.at(pc, 4),
        Own.length(),
        load<f64>(Arg.address(pc, 5)),
        load<f64>(Arg.address(pc, 5), 8),
        load<f64>(Arg.address(pc, 5), 16),
        load<f64>(Arg.address(pc, 5), 24),
      );
      return true;
    case op.OP_DELTA_BAR_DELTA: // n, w, g, rate, average, kappa, phi, theta
      Share.of(Arg.int(pc, 0), LINE);
      deltaBarDelta(
        Own.at(pc, 1),
        Own.at(pc, 2),
        Own.at(pc, 3),
        Own.at(pc, 4),
        Own.length(),
        Arg.float(pc, 5),
        Arg.float(pc, 6),
        Arg.float(pc, 7),
      );
      return true;
    case op.OP_SUM_CHUNKS: // to, from, distance of chunks, chunks, n
      Share.of(Arg.int(pc, 4), LINE);
      sumChunks(Own.at(pc, 0), Own.at(pc, 1), Arg.address(pc, 2), Arg.int(pc, 3), Own.length());
      return true;
    default:
      return false;
  }
}
