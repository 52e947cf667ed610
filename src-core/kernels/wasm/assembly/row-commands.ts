/** Commands whose rows, or elements, know nothing of one another: every thread takes its own. */
import {
  addBias,
  clipByNorm,
  clipByValue,
  fill,
  penaltyGradient,
  spread,
  weightedMean,
  weightedMeanGradient,
} from './arithmetic';
import { copyBlocks, embed } from './copy';
import * as op from './generated/opcodes';
import { gru, gruGradient } from './gru';
import { rowLosses, softmax, softmaxGradient } from './losses';
import { lstm, lstmGradient } from './lstm';
import { dropout, gaussianNoise } from './noise';
import { LINE, Own } from './own';
import { simpleRnn, simpleRnnGradient } from './simple-rnn';
import { Arg, State } from './state';
import { meet, noteFailure, Share } from './threads';

/** Operands of commands that share out their rows, `stride` bytes apart. */
class OwnRows {
  @inline
  static at(pc: usize, index: i32, stride: usize): usize {
    return Arg.address(pc, index) + <usize>Share.first * stride;
  }

  /** The same of an operand that may be absent: 0 then. */
  @inline
  static maybe(pc: usize, index: i32, stride: usize): usize {
    return Arg.address(pc, index) === 0 ? 0 : OwnRows.at(pc, index, stride);
  }
}

/** Losses of this thread's rows: kind, outer, n, ld, rowStride, share, delta, o, t, loss, g, dx. */
function ownLosses(pc: usize): void {
  const stride = Arg.address(pc, 4);
  Share.of(State.rows, LINE);
  rowLosses(
    Arg.int(pc, 0),
    OwnRows.at(pc, 7, stride),
    OwnRows.at(pc, 8, stride),
    Own.length(),
    Arg.int(pc, 1),
    Arg.int(pc, 2),
    Arg.address(pc, 3),
    stride,
    Arg.float(pc, 5),
    Arg.float(pc, 6),
    OwnRows.maybe(pc, 9, 4),
    OwnRows.maybe(pc, 10, 4),
    OwnRows.maybe(pc, 11, stride),
  );
}

/** As rowLosses, then weights, mean, objective or 0: loss of the batch and the gradient of mean or sum. */
export function batchLoss(pc: usize): void {
  const g = Arg.address(pc, 10);
  const objective = Arg.address(pc, 14);
  if (State.thread === 0) {
    weightedMeanGradient(Arg.address(pc, 12), objective === 0 ? 1 : <f32>State.rows, g, State.rows);
  }
  meet();
  ownLosses(pc);
  meet();
  if (State.thread !== 0) return;
  const mean = weightedMean(Arg.address(pc, 9), Arg.address(pc, 12), State.rows);
  store<f32>(Arg.address(pc, 13), mean);
  if (objective !== 0) store<f32>(objective, mean * <f32>State.rows);
}

/** False for another command. */
export function rowCommand(pc: usize, opcode: i32): bool {
  switch (opcode) {
    case op.OP_SIMPLE_RNN:
      simpleRnn(pc);
      return true;
    case op.OP_SIMPLE_RNN_GRADIENT:
      simpleRnnGradient(pc);
      return true;
    case op.OP_LSTM:
      lstm(pc);
      return true;
    case op.OP_LSTM_GRADIENT:
      lstmGradient(pc);
      return true;
    case op.OP_GRU:
      gru(pc);
      return true;
    case op.OP_GRU_GRADIENT:
      gruGradient(pc);
      return true;
    case op.OP_ROW_LOSSES:
      ownLosses(pc);
      return true;
    case op.OP_FILL: // n*, value, y
      Share.of(Arg.count(pc, 0), LINE);
      fill(Own.at(pc, 3), Own.length(), Arg.float(pc, 2));
      return true;
    case op.OP_ADD_BIAS: {
      // rows*, n, ld, x, bias, y
      const ld = Arg.address(pc, 3);
      Share.of(Arg.count(pc, 0), 1);
      addBias(OwnRows.at(pc, 4, ld), Arg.address(pc, 5), OwnRows.at(pc, 6, ld), Own.length(), Arg.int(pc, 2), ld);
      return true;
    }
    case op.OP_SPREAD: {
      // rows*, n, ld, b, y
      const ld = Arg.address(pc, 3);
      Share.of(Arg.count(pc, 0), 1);
      spread(Arg.address(pc, 4), OwnRows.at(pc, 5, ld), Own.length(), Arg.int(pc, 2), ld);
      return true;
    }
    case op.OP_PENALTY_GRADIENT: // n, l1, l2, g, w, y
      Share.of(Arg.int(pc, 0), LINE);
      penaltyGradient(Own.at(pc, 3), Own.at(pc, 4), Own.at(pc, 5), Own.length(), Arg.float(pc, 1), Arg.float(pc, 2));
      return true;
    case op.OP_CLIP_BY_VALUE: // n, limit, g, y
      Share.of(Arg.int(pc, 0), LINE);
      clipByValue(Own.at(pc, 2), Own.at(pc, 3), Own.length(), Arg.float(pc, 1));
      return true;
    case op.OP_CLIP_BY_NORM: // n, limit, g, norm, y
      Share.of(Arg.int(pc, 0), LINE);
      clipByNorm(Own.at(pc, 2), Arg.address(pc, 3), Own.at(pc, 4), Own.length(), Arg.float(pc, 1));
      return true;
    case op.OP_SOFTMAX: {
      // rows*, n, ld, x, y
      const ld = Arg.address(pc, 3);
      Share.of(Arg.count(pc, 0), 1);
      softmax(OwnRows.at(pc, 4, ld), OwnRows.at(pc, 5, ld), Own.length(), Arg.int(pc, 2), ld);
      return true;
    }
    case op.OP_SOFTMAX_GRADIENT: {
      // rows*, n, ld, y, g, dx
      const ld = Arg.address(pc, 3);
      Share.of(Arg.count(pc, 0), 1);
      softmaxGradient(
        OwnRows.at(pc, 4, ld),
        OwnRows.at(pc, 5, ld),
        OwnRows.at(pc, 6, ld),
        Own.length(),
        Arg.int(pc, 2),
        ld,
      );
      return true;
    }
    case op.OP_DROPOUT: // rows*, outer, n, ld, rowStride, size, outerStep, innerStep, threshold (2 words), kept, key, key, x, y, mask
      Share.of(Arg.count(pc, 0), 1);
      dropout(
        Arg.address(pc, 14),
        Arg.address(pc, 15),
        Arg.address(pc, 16),
        Share.first,
        Share.last,
        Arg.int(pc, 2),
        Arg.int(pc, 3),
        Arg.address(pc, 4),
        Arg.address(pc, 5),
        Arg.int(pc, 6),
        Arg.int(pc, 7),
        Arg.int(pc, 8),
        <f64>(<u64>(<u32>Arg.int(pc, 9)) + ((<u64>(<u32>Arg.int(pc, 10))) << 32)),
        Arg.float(pc, 11),
        <u32>Arg.int(pc, 12),
        <u32>Arg.int(pc, 13),
      );
      return true;
    case op.OP_GAUSSIAN_NOISE: // rows*, outer, n, ld, rowStride, size, outerStep, innerStep, stddev, key, key, x, y
      Share.of(Arg.count(pc, 0), 1);
      gaussianNoise(
        Arg.address(pc, 12),
        Arg.address(pc, 13),
        Share.first,
        Share.last,
        Arg.int(pc, 2),
        Arg.int(pc, 3),
        Arg.address(pc, 4),
        Arg.address(pc, 5),
        Arg.int(pc, 6),
        Arg.int(pc, 7),
        Arg.int(pc, 8),
        Arg.float(pc, 9),
        <u32>Arg.int(pc, 10),
        <u32>Arg.int(pc, 11),
      );
      return true;
    case op.OP_COPY: // rows*, from, to, fromRow, toRow, a, fromA, toA, b, fromB, toB, c, fromC, toC
      Share.of(Arg.count(pc, 0), 1);
      copyBlocks(
        OwnRows.at(pc, 2, Arg.address(pc, 4)),
        OwnRows.at(pc, 3, Arg.address(pc, 5)),
        Own.length(),
        Arg.address(pc, 4),
        Arg.address(pc, 5),
        Arg.int(pc, 6),
        Arg.address(pc, 7),
        Arg.address(pc, 8),
        Arg.int(pc, 9),
        Arg.address(pc, 10),
        Arg.address(pc, 11),
        Arg.int(pc, 12),
        Arg.address(pc, 13),
        Arg.address(pc, 14),
      );
      return true;
    case op.OP_EMBED: // rows*, outer, idStride, ld, yStride, vocabulary, ids, w, y
      Share.of(Arg.count(pc, 0), 1);
      if (
        !embed(
          OwnRows.at(pc, 7, Arg.address(pc, 3)),
          Arg.address(pc, 8),
          OwnRows.at(pc, 9, Arg.address(pc, 5)),
          Own.length(),
          Arg.int(pc, 2),
          Arg.address(pc, 3),
          Arg.address(pc, 4),
          Arg.address(pc, 5),
          Arg.int(pc, 6),
        )
      )
        noteFailure(pc);
      return true;
    default:
      return false;
  }
}
