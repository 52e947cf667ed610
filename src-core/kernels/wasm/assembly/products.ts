/** Commands that are matrix products: layers of the batch, and sums over its rows. */
import { activate } from './activations';
import { panelGemm } from './gemm';
import * as op from './generated/opcodes';
import { Arg, State } from './state';
import { Share } from './threads';

/** Rows that tiles of products take at a time. */
const TILE_ROWS: i32 = 6;
/** Bytes from one group of eight columns to the next where a matrix lies row by row. */
const ROW_MAJOR: usize = 32;

/** With fewer rows than this for each thread, some would have a tile more to do than others. */
const FEW_ROWS: i32 = 96;
/** Columns that go to one thread: a cache line of C, so that no two write to the same. */
const LINE: i32 = 16;
/** With fewer columns than this for each thread, sharing them out gains nothing. */
const FEW_COLUMNS: i32 = 32;

/** m*, n, k, bT, a, lda, b, ldb, b's panels, c, ldc, start, startStride, activation, alpha, room: c = activation(start + a·b). */
export function rowProduct(pc: usize): void {
  const rows = Arg.count(pc, 0);
  const n = Arg.int(pc, 2);
  const isTransposed = Arg.int(pc, 4) !== 0;
  // A transposed right factor is packed by every thread that reads it: each takes columns of its own.
  const byColumns = (isTransposed || rows < FEW_ROWS * State.threads) && n >= FEW_COLUMNS * State.threads;
  if (byColumns && State.threads > 1) {
    Share.of(n, LINE);
    block(pc, isTransposed, 0, rows, Share.first, Share.last);
    return;
  }
  Share.of(rows, TILE_ROWS);
  if (Share.first < Share.last) block(pc, isTransposed, Share.first, Share.last, 0, n);
}

/** Rows [first, last) and columns [left, right) of it. */
function block(pc: usize, isTransposed: bool, first: i32, last: i32, left: i32, right: i32): void {
  const ldb = Arg.address(pc, 8);
  const panel = Arg.address(pc, 9);
  const columns = (<usize>left) << 2;
  const c = Arg.address(pc, 10) + columns;
  const ldc = Arg.address(pc, 11);
  panelGemm(
    false,
    isTransposed,
    first,
    last,
    right - left,
    Arg.int(pc, 3),
    Arg.address(pc, 5),
    Arg.address(pc, 6),
    Arg.address(pc, 7) + (isTransposed ? <usize>left * ldb : <usize>(left >> 3) * panel),
    ldb,
    panel,
    c,
    ldc,
    ROW_MAJOR,
    Arg.address(pc, 12) + columns,
    Arg.address(pc, 13),
    State.scratch,
    Arg.int(pc, 16),
    0,
  );
  const kind = Arg.int(pc, 14);
  if (kind === op.FN_LINEAR) return;
  const alpha = Arg.float(pc, 15);
  const own = c + <usize>first * ldc;
  if (right - left === Arg.int(pc, 2)) activate(kind, own, own, (last - first) * <i32>(ldc >> 2), alpha);
  else {
    for (let row = first; row < last; row++) {
      const at = c + <usize>row * ldc;
      activate(kind, at, at, right - left, alpha);
    }
  }
}

/** Words of a product over rows before the step that may follow it. */
const COLUMN_WORDS: u32 = 14;

/**
 * k*, m, n, a, lda, b, ldb, c, ldc, c's panels, zeros, room[, a step]: c [m × n] = aᵀ·b over k rows. The step is a whole command;
 * it is taken over every panel of c as soon as that is made.
 */
export function columnProduct(pc: usize): void {
  Share.of(Arg.int(pc, 2), TILE_ROWS);
  if (Share.first === Share.last) return;
  const hasStep = load<u32>(pc) >> 16 > COLUMN_WORDS;
  panelGemm(
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
    ROW_MAJOR,
    Arg.address(pc, 8),
    Arg.address(pc, 9),
    Arg.address(pc, 10),
    Arg.address(pc, 11),
    0,
    State.scratch,
    Arg.int(pc, 12),
    hasStep ? pc + (COLUMN_WORDS << 2) : 0,
  );
}
