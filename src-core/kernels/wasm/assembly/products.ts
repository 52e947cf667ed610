/** Commands that are matrix products: layers of the batch, and sums over its rows. */
import { activate, activateSingles } from './activations';
import { isNarrow, narrowGemm, panelGemm } from './gemm';
import * as op from './generated/opcodes';
import { LINE } from './own';
import { Arg, State } from './state';
import { Step } from './steps';
import { Share } from './threads';

/** Rows that tiles of products take at a time. */
const TILE_ROWS: i32 = 6;
/** Bytes from one group of eight columns to the next where a matrix lies row by row. */
const ROW_MAJOR: usize = 32;

/** With fewer rows than this for each thread, some would have a tile more to do than others. */
const FEW_ROWS: i32 = 96;
/** A left factor of so many numbers can be packed whole by every thread: it stays in half of the second cache. */
const MOST_KEPT: i32 = 1 << 17;
/** With fewer columns than this for each thread, sharing them out gains nothing. */
const FEW_COLUMNS: i32 = 32;

/** The part of a product that one thread computes: rows, columns, or nothing. */
class Part {
  static first: i32 = 0;
  static last: i32 = 0;
  static left: i32 = 0;
  static right: i32 = 0;

  /** Columns where that is better and there are enough of them: a cache line of C, so that no two write to the same. */
  static of(rows: i32, columns: i32, isBetterByColumns: bool): void {
    Part.first = 0;
    Part.last = rows;
    Part.left = 0;
    Part.right = columns;
    if (State.threads === 1) return;
    if (isBetterByColumns && columns >= FEW_COLUMNS * State.threads) {
      Share.of(columns, LINE);
      Part.left = Share.first;
      Part.right = Share.last;
    } else {
      Share.of(rows, TILE_ROWS);
      Part.first = Share.first;
      Part.last = Share.last;
    }
  }

  @inline
  static isEmpty(): bool {
    return Part.first >= Part.last || Part.left >= Part.right;
  }
}

/** m*, n, k, bT, a, lda, b, ldb, b's panels, c, ldc, start, startStride, activation, alpha, room, isSingle: c = activation(start + a·b). */
export function rowProduct(pc: usize): void {
  const rows = Arg.count(pc, 0);
  const n = Arg.int(pc, 2);
  const isTransposed = Arg.int(pc, 4) !== 0;
  const k = Arg.int(pc, 3);
  if (isNarrow(n, k)) return narrowRows(pc, rows, n, k, isTransposed);
  // A transposed right factor is packed by every thread that reads it: each takes columns of its own.
  Part.of(rows, n, isTransposed || rows < FEW_ROWS * State.threads);
  if (Part.isEmpty()) return;
  const c = Arg.address(pc, 10);
  const ldc = Arg.address(pc, 11);
  panelGemm(
    false,
    isTransposed,
    Part.first,
    Part.last,
    Part.left,
    Part.right,
    k,
    Arg.address(pc, 5),
    Arg.address(pc, 6),
    Arg.address(pc, 7),
    Arg.address(pc, 8),
    Arg.address(pc, 9),
    c,
    ldc,
    ROW_MAJOR,
    Arg.address(pc, 12),
    Arg.address(pc, 13),
    State.scratch,
    Arg.int(pc, 16),
    0,
  );
  const kind = Arg.int(pc, 14);
  if (kind !== op.FN_LINEAR) activatePart(pc, kind);
}

function narrowRows(pc: usize, rows: i32, n: i32, k: i32, isTransposed: bool): void {
  Share.of(rows, TILE_ROWS);
  const own = Share.last - Share.first;
  if (own <= 0) return;
  const first = <usize>Share.first;
  const lda = Arg.address(pc, 6);
  const ldc = Arg.address(pc, 11);
  const c = Arg.address(pc, 10) + first * ldc;
  const fromStride = Arg.address(pc, 13);
  narrowGemm(
    false,
    isTransposed,
    own,
    n,
    k,
    Arg.address(pc, 5) + first * lda,
    lda,
    Arg.address(pc, 7),
    Arg.address(pc, 8),
    Arg.address(pc, 9),
    c,
    ldc,
    Arg.address(pc, 12) + first * fromStride,
    fromStride,
  );
  const kind = Arg.int(pc, 14);
  if (kind !== op.FN_LINEAR) activateRows(pc, kind, c, own);
}

/** Rows from `at` on. A layer of one output has three numbers of padding in each, which only relu does not mind. */
function activateRows(pc: usize, kind: i32, at: usize, rows: i32): void {
  const alpha = Arg.float(pc, 15);
  if (Arg.int(pc, 17) !== 0 && kind !== op.FN_RELU) activateSingles(kind, at, rows, alpha, State.scratch);
  else activate(kind, at, at, rows * <i32>(Arg.address(pc, 11) >> 2), alpha);
}

/** Whole rows at once where they are this thread's. */
function activatePart(pc: usize, kind: i32): void {
  const columns = Part.right - Part.left;
  const ldc = Arg.address(pc, 11);
  const at = Arg.address(pc, 10) + <usize>Part.first * ldc;
  if (columns === Arg.int(pc, 2)) return activateRows(pc, kind, at, Part.last - Part.first);
  for (let row = Part.first; row < Part.last; row++) {
    const own = Arg.address(pc, 10) + <usize>row * ldc + ((<usize>Part.left) << 2);
    activate(kind, own, own, columns, Arg.float(pc, 15));
  }
}

/** Words of a product over rows before the step that may follow it. */
const COLUMN_WORDS: u32 = 14;

/**
 * k*, m, n, a, lda, b, ldb, c, ldc, c's panels, zeros, room[, a step]: c [m × n] = aᵀ·b over k rows. The step is a whole
 * command; it is taken over every panel of c as soon as that is made. By columns where a thread can keep all of a packed:
 * what it writes of a weight, it then reads in the next product of few rows.
 */
export function columnProduct(pc: usize): void {
  const n = Arg.int(pc, 3);
  const k = Arg.count(pc, 0);
  const step = load<u32>(pc) >> 16 > COLUMN_WORDS ? pc + (COLUMN_WORDS << 2) : 0;
  if (isNarrow(n, k)) return narrowColumns(pc, n, k, step);
  Part.of(Arg.int(pc, 2), n, Arg.int(pc, 2) * k <= MOST_KEPT);
  if (Part.isEmpty()) return;
  panelGemm(
    true,
    false,
    Part.first,
    Part.last,
    Part.left,
    Part.right,
    k,
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
    step,
  );
}

function narrowColumns(pc: usize, n: i32, k: i32, step: usize): void {
  Share.of(Arg.int(pc, 2), TILE_ROWS);
  const own = Share.last - Share.first;
  if (own <= 0) return;
  const first = <usize>Share.first;
  const ldc = Arg.address(pc, 9);
  narrowGemm(
    true,
    false,
    own,
    n,
    k,
    Arg.address(pc, 4) + (first << 2),
    Arg.address(pc, 5),
    Arg.address(pc, 6),
    Arg.address(pc, 7),
    0,
    Arg.address(pc, 8) + first * ldc,
    ldc,
    Arg.address(pc, 11),
    0,
  );
  if (step !== 0) Step.part(step, first * ldc, <usize>own * ldc);
}
