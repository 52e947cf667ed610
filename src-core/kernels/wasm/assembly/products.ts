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

/** m*, n, k, bT, a, lda, b, ldb, b's panels, c, ldc, start, startStride, activation, alpha: c = activation(start + a·b). */
export function rowProduct(pc: usize): void {
  const c = Arg.address(pc, 10);
  const ldc = Arg.address(pc, 11);
  Share.of(Arg.count(pc, 0), TILE_ROWS);
  if (Share.first === Share.last) return;
  panelGemm(
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
    Arg.address(pc, 9),
    c,
    ldc,
    ROW_MAJOR,
    Arg.address(pc, 12),
    Arg.address(pc, 13),
    State.scratch,
    0,
  );
  const kind = Arg.int(pc, 14);
  if (kind === op.FN_LINEAR) return;
  const own = c + <usize>Share.first * ldc;
  activate(kind, own, own, (Share.last - Share.first) * <i32>(ldc >> 2), Arg.float(pc, 15));
}

/** Words of a product over rows before the step that may follow it. */
const COLUMN_WORDS: u32 = 13;

/**
 * k*, m, n, a, lda, b, ldb, c, ldc, c's panels, zeros[, a step]: c [m × n] = aᵀ·b over k rows. The step is a whole command;
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
    hasStep ? pc + (COLUMN_WORDS << 2) : 0,
  );
}
