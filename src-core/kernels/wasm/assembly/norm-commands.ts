/** The commands of norms: channels or rows are shared out among threads. */
import * as op from './generated/opcodes';
import {
  channelDot,
  channelScale,
  normalizeBlock,
  normalizeBlockGradient,
  normalizeChannels,
  normalizeChannelsGradient,
  normalizeWith,
  runningUpdate,
  setBlock,
} from './norms';
import { LINE, Own } from './own';
import { Arg, State } from './state';
import { Share } from './threads';

/** One command of norms; false for another one. */
export function normCommand(pc: usize, opcode: i32): bool {
  switch (opcode) {
    case op.OP_CHANNEL_SCALE: // rows*, n, ld, x, w, y
      Share.of(Arg.int(pc, 2), LINE);
      channelScale(Own.at(pc, 4), Own.at(pc, 5), Own.at(pc, 6), Arg.count(pc, 0), Own.length(), Arg.address(pc, 3));
      return true;
    case op.OP_CHANNEL_DOT: // rows*, n, ld, a, b, sum
      Share.of(Arg.int(pc, 2), LINE);
      channelDot(Own.at(pc, 4), Own.at(pc, 5), Own.at(pc, 6), Arg.count(pc, 0), Own.length(), Arg.address(pc, 3));
      return true;
    case op.OP_NORMALIZE_CHANNELS: // rows*, n, ld, epsilon, x, y, mean, variance
      Share.of(Arg.int(pc, 2), LINE);
      normalizeChannels(
        Own.at(pc, 5),
        Own.at(pc, 6),
        Own.at(pc, 7),
        Own.at(pc, 8),
        Arg.count(pc, 0),
        Own.length(),
        Arg.address(pc, 3),
        Arg.float(pc, 4),
      );
      return true;
    case op.OP_NORMALIZE_CHANNELS_GRADIENT: // rows*, n, ld, epsilon, y, variance, g, dx
      Share.of(Arg.int(pc, 2), LINE);
      normalizeChannelsGradient(
        Own.at(pc, 5),
        Own.at(pc, 6),
        Own.at(pc, 7),
        Own.at(pc, 8),
        Arg.count(pc, 0),
        Own.length(),
        Arg.address(pc, 3),
        Arg.float(pc, 4),
      );
      return true;
    case op.OP_NORMALIZE_WITH: // rows*, n, ld, epsilon, x, mean, variance, y
      Share.of(Arg.int(pc, 2), LINE);
      normalizeWith(
        Own.at(pc, 5),
        Own.at(pc, 6),
        Own.at(pc, 7),
        Own.at(pc, 8),
        Arg.count(pc, 0),
        Own.length(),
        Arg.address(pc, 3),
        Arg.float(pc, 4),
      );
      return true;
    case op.OP_RUNNING_UPDATE: // rows*, n, momentum, running mean, running variance, mean, variance
      if (State.thread !== 0) return true;
      runningUpdate(
        Arg.address(pc, 4),
        Arg.address(pc, 5),
        Arg.address(pc, 6),
        Arg.address(pc, 7),
        Arg.int(pc, 2),
        Arg.count(pc, 0),
        Arg.float(pc, 3),
      );
      return true;
    case op.OP_NORMALIZE_BLOCKS:
    case op.OP_NORMALIZE_BLOCKS_GRADIENT:
      blocks(pc, opcode);
      return true;
    default:
      return false;
  }
}

/**
 * rows*, row stride, outer, outer stride, blocks, block stride, lines, width, line, stride of the inverses' rows; runs of a
 * row, their bytes, bytes from run to run; epsilon, then x, y, inverse or y, inverse, g, dx. Block b of part o of a row is
 * number o·blocks + b among the row's inverses.
 */
function blocks(pc: usize, opcode: i32): void {
  setBlock(Arg.int(pc, 7), Arg.int(pc, 8), Arg.address(pc, 9));
  Share.of(Arg.count(pc, 0), 1);
  for (let row = Share.first; row < Share.last; row++) {
    let inverse = <usize>row * Arg.address(pc, 10);
    for (let o = 0; o < Arg.int(pc, 3); o++) {
      for (let b = 0; b < Arg.int(pc, 5); b++) {
        const at = <usize>row * Arg.address(pc, 2) + <usize>o * Arg.address(pc, 4) + <usize>b * Arg.address(pc, 6);
        if (opcode === op.OP_NORMALIZE_BLOCKS) {
          const inverseAt = Arg.address(pc, 17) + inverse;
          normalizeBlock(Arg.address(pc, 15) + at, Arg.address(pc, 16) + at, inverseAt, <f64>Arg.float(pc, 14));
        } else {
          const inverseAt = Arg.address(pc, 16) + inverse;
          normalizeBlockGradient(
            Arg.address(pc, 15) + at,
            inverseAt,
            Arg.address(pc, 17) + at,
            Arg.address(pc, 18) + at,
          );
        }
        inverse += 4;
      }
    }
    const made = Arg.address(pc, opcode === op.OP_NORMALIZE_BLOCKS ? 16 : 18);
    clearGaps(made + <usize>row * Arg.address(pc, 2), Arg.int(pc, 11), Arg.address(pc, 12), Arg.address(pc, 13));
  }
}

/** Zeroes what fills up the runs of a row: blocks end before it, and what reads the row takes whole vectors. */
function clearGaps(row: usize, runs: i32, bytes: usize, pitch: usize): void {
  for (let i = 0; i < runs; i++) {
    const start = row + <usize>i * pitch;
    for (let at = start + bytes; at < start + pitch; at += 4) store<f32>(at, 0);
  }
}
