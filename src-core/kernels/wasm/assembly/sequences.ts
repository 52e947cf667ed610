/** What loops over time share: where a moment of a row lies, the products between moments, and numbers taken four at a time. */
import { gemm } from './gemm';
import { Arg, State } from './state';
import { Share } from './threads';

/** Rows that tiles of products take at a time. */
const TILE_ROWS: i32 = 6;

/** This thread's rows of the batch: rows know nothing of one another, so every thread goes through time with its own. */
export class Rows {
  static first: i32 = 0;
  static last: i32 = 0;

  /** Of a command that begins with rows*; false where there are none. */
  static take(pc: usize): bool {
    Share.of(Arg.count(pc, 0), TILE_ROWS);
    Rows.first = Share.first;
    Rows.last = Share.last;
    return Rows.first !== Rows.last;
  }
}

/** A sequence operand in three words: address, bytes from row to row of the batch, bytes from moment to moment. */
export class Sequence {
  @inline
  static at(pc: usize, index: i32, row: i32, time: i32): usize {
    return Arg.address(pc, index) + <usize>row * Arg.address(pc, index + 1) + <usize>time * Arg.address(pc, index + 2);
  }
}

/** A matrix operand in two words: address and bytes from row to row. */
export class Matrix {
  @inline
  static at(pc: usize, index: i32, row: i32): usize {
    return Arg.address(pc, index) + <usize>row * Arg.address(pc, index + 1);
  }
}

/**
 * Numbers of a row in vectors: four as long as there are four, then one at a time, because the next gate's begin right
 * behind them.
 */
export class Lanes {
  /** Bytes taken where so many are left. */
  @inline
  static step(left: usize): usize {
    return left >= 16 ? 16 : 4;
  }

  @inline
  static load(from: usize, step: usize): v128 {
    return step === 16 ? v128.load(from) : v128.load32_zero(from);
  }

  @inline
  static store(to: usize, x: v128, step: usize): void {
    if (step === 16) v128.store(to, x);
    else v128.store32_lane(to, x, 0);
  }

  @inline
  static sum(a: usize, b: usize, step: usize): v128 {
    return f32x4.add(Lanes.load(a, step), Lanes.load(b, step));
  }

  @inline
  static oneMinus(x: v128): v128 {
    return f32x4.sub(f32x4.splat(1), x);
  }

  /** x·y·(1 − y): what a gradient x is before a sigmoid whose value is y. */
  @inline
  static beforeSigmoid(x: v128, y: v128): v128 {
    return f32x4.mul(f32x4.mul(x, y), Lanes.oneMinus(y));
  }

  /** x·(1 − y²): the same before a tanh. */
  @inline
  static beforeTanh(x: v128, y: v128): v128 {
    return f32x4.mul(x, Lanes.oneMinus(f32x4.mul(y, y)));
  }
}

/** c [rows × n] = start + a [rows × k]·wᵀ, this thread's rows, w (address and stride at word `w`) stored [n][k]. */
export function forwardProduct(
  pc: usize,
  w: i32,
  n: i32,
  k: i32,
  a: usize,
  lda: usize,
  c: usize,
  ldc: usize,
  from: usize,
  fromStride: usize,
): void {
  const columns = (n + 3) & ~3;
  const rows = Rows.last - Rows.first;
  const weights = Arg.address(pc, w);
  gemm(
    false,
    true,
    0,
    rows,
    columns,
    k,
    a,
    lda,
    weights,
    Arg.address(pc, w + 1),
    c,
    ldc,
    from,
    fromStride,
    State.scratch,
  );
}

/**
 * carried [rows × units] = d [rows × gates]·w at one moment, this thread's rows. Words: of `d` a sequence; from `w` on the weight
 * [gates][units] and carried, a stride behind each; at `zeros` the address of a row of zeros.
 */
export function carryBack(pc: usize, time: i32, gates: i32, d: i32, w: i32, zeros: i32): void {
  const rows = Rows.last - Rows.first;
  const columns = (Arg.int(pc, 3) + 3) & ~3;
  const weights = Arg.address(pc, w);
  const left = Sequence.at(pc, d, Rows.first, time);
  const carried = Matrix.at(pc, w + 2, Rows.first);
  const none = Arg.address(pc, zeros);
  const lda = Arg.address(pc, d + 1);
  const ldw = Arg.address(pc, w + 1);
  const ldc = Arg.address(pc, w + 3);
  gemm(false, false, 0, rows, columns, gates, left, lda, weights, ldw, carried, ldc, none, 0, State.scratch);
}
