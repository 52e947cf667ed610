/** The commands that the first thread runs alone. */
import {
  absoluteSum,
  addBias,
  clipByNorm,
  clipByValue,
  fill,
  penaltyGradient,
  spread,
  squareSum,
  weightedMean,
  weightedMeanGradient,
} from './arithmetic';
import { positions } from './attention';
import { copyBlocks, embed, embedGradient } from './copy';
import * as op from './generated/opcodes';
import { imageCommand } from './images';
import { rowLosses, softmax, softmaxGradient } from './losses';
import { dropout, gaussianNoise } from './noise';
import { gru, gruGradient, lstm, lstmGradient, simpleRnn, simpleRnnGradient } from './sequences';
import { Arg, State } from './state';

let failedAt: usize = 0;

/** Place of the last command that met a number it cannot take (an id outside its table), or 0. */
export function failure(): usize {
  return failedAt;
}

export function clearFailure(): void {
  failedAt = 0;
}

/** Commands that one thread does alone: short, or made of parts that follow one another. */
export function aloneCommand(pc: usize, opcode: i32): void {
  switch (opcode) {
    case op.OP_SIMPLE_RNN:
      simpleRnn(pc);
      break;
    case op.OP_SIMPLE_RNN_GRADIENT:
      simpleRnnGradient(pc);
      break;
    case op.OP_LSTM:
      lstm(pc);
      break;
    case op.OP_LSTM_GRADIENT:
      lstmGradient(pc);
      break;
    case op.OP_GRU:
      gru(pc);
      break;
    case op.OP_GRU_GRADIENT:
      gruGradient(pc);
      break;
    case op.OP_POSITIONS:
      positions(pc);
      break;
    case op.OP_FILL: // n*, value, y
      fill(Arg.address(pc, 3), Arg.count(pc, 0), Arg.float(pc, 2));
      break;
    case op.OP_ADD_BIAS: // rows*, n, ld, x, bias, y
      addBias(
        Arg.address(pc, 4),
        Arg.address(pc, 5),
        Arg.address(pc, 6),
        Arg.count(pc, 0),
        Arg.int(pc, 2),
        Arg.address(pc, 3),
      );
      break;
    case op.OP_SPREAD: // rows*, n, ld, b, y
      spread(Arg.address(pc, 4), Arg.address(pc, 5), Arg.count(pc, 0), Arg.int(pc, 2), Arg.address(pc, 3));
      break;
    case op.OP_ROW_LOSSES: // kind, outer, n, ld, rowStride, share, delta, o, t, loss, g, dx
      rowLosses(
        Arg.int(pc, 0),
        Arg.address(pc, 7),
        Arg.address(pc, 8),
        State.rows,
        Arg.int(pc, 1),
        Arg.int(pc, 2),
        Arg.address(pc, 3),
        Arg.address(pc, 4),
        Arg.float(pc, 5),
        Arg.float(pc, 6),
        Arg.address(pc, 9),
        Arg.address(pc, 10),
        Arg.address(pc, 11),
      );
      break;
    case op.OP_BATCH_LOSS: {
      // as rowLosses, then weights, mean, objective or 0: loss of the batch and the gradient of mean or sum
      const loss = Arg.address(pc, 9);
      const g = Arg.address(pc, 10);
      const objective = Arg.address(pc, 14);
      weightedMeanGradient(Arg.address(pc, 12), objective === 0 ? 1 : <f32>State.rows, g, State.rows);
      rowLosses(
        Arg.int(pc, 0),
        Arg.address(pc, 7),
        Arg.address(pc, 8),
        State.rows,
        Arg.int(pc, 1),
        Arg.int(pc, 2),
        Arg.address(pc, 3),
        Arg.address(pc, 4),
        Arg.float(pc, 5),
        Arg.float(pc, 6),
        loss,
        g,
        Arg.address(pc, 11),
      );
      const mean = weightedMean(loss, Arg.address(pc, 12), State.rows);
      store<f32>(Arg.address(pc, 13), mean);
      if (objective !== 0) store<f32>(objective, mean * <f32>State.rows);
      break;
    }
    case op.OP_WEIGHTED_MEAN: // loss, weights, y
      store<f32>(Arg.address(pc, 2), weightedMean(Arg.address(pc, 0), Arg.address(pc, 1), State.rows));
      break;
    case op.OP_WEIGHTED_MEAN_GRADIENT: // weights, g, dx
      weightedMeanGradient(Arg.address(pc, 0), load<f32>(Arg.address(pc, 1)), Arg.address(pc, 2), State.rows);
      break;
    case op.OP_TIMES_ROWS: // x, y
      store<f32>(Arg.address(pc, 1), load<f32>(Arg.address(pc, 0)) * <f32>State.rows);
      break;
    case op.OP_NORM: {
      // y, count, then x and length of each
      let sum: f64 = 0;
      for (let i = 0; i < Arg.int(pc, 1); i++) sum += squareSum(Arg.address(pc, 2 + 2 * i), Arg.int(pc, 3 + 2 * i));
      store<f32>(Arg.address(pc, 0), <f32>sqrt(sum));
      break;
    }
    case op.OP_PENALTY: {
      // y, l1, l2, count, then x and length of each
      let absolute: f64 = 0;
      let square: f64 = 0;
      for (let i = 0; i < Arg.int(pc, 3); i++) {
        absolute += absoluteSum(Arg.address(pc, 4 + 2 * i), Arg.int(pc, 5 + 2 * i));
        square += squareSum(Arg.address(pc, 4 + 2 * i), Arg.int(pc, 5 + 2 * i));
      }
      const value = <f64>Arg.float(pc, 1) * absolute + 0.5 * <f64>Arg.float(pc, 2) * square;
      store<f32>(Arg.address(pc, 0), <f32>value);
      break;
    }
    case op.OP_PENALTY_GRADIENT: // n, l1, l2, g, w, y
      penaltyGradient(
        Arg.address(pc, 3),
        Arg.address(pc, 4),
        Arg.address(pc, 5),
        Arg.int(pc, 0),
        Arg.float(pc, 1),
        Arg.float(pc, 2),
      );
      break;
    case op.OP_CLIP_BY_VALUE: // n, limit, g, y
      clipByValue(Arg.address(pc, 2), Arg.address(pc, 3), Arg.int(pc, 0), Arg.float(pc, 1));
      break;
    case op.OP_CLIP_BY_NORM: // n, limit, g, norm, y
      clipByNorm(Arg.address(pc, 2), Arg.address(pc, 3), Arg.address(pc, 4), Arg.int(pc, 0), Arg.float(pc, 1));
      break;
    case op.OP_SOFTMAX: // rows*, n, ld, x, y
      softmax(Arg.address(pc, 4), Arg.address(pc, 5), Arg.count(pc, 0), Arg.int(pc, 2), Arg.address(pc, 3));
      break;
    case op.OP_SOFTMAX_GRADIENT: // rows*, n, ld, y, g, dx
      softmaxGradient(
        Arg.address(pc, 4),
        Arg.address(pc, 5),
        Arg.address(pc, 6),
        Arg.count(pc, 0),
        Arg.int(pc, 2),
        Arg.address(pc, 3),
      );
      break;
    case op.OP_DROPOUT: // rows*, outer, n, ld, rowStride, size, outerStep, innerStep, threshold (2 words), kept, key, key, x, y, mask
      dropout(
        Arg.address(pc, 14),
        Arg.address(pc, 15),
        Arg.address(pc, 16),
        Arg.count(pc, 0),
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
      break;
    case op.OP_GAUSSIAN_NOISE: // rows*, outer, n, ld, rowStride, size, outerStep, innerStep, stddev, key, key, x, y
      gaussianNoise(
        Arg.address(pc, 12),
        Arg.address(pc, 13),
        Arg.count(pc, 0),
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
      break;
    case op.OP_COPY: // rows*, from, to, fromRow, toRow, a, fromA, toA, b, fromB, toB, c, fromC, toC
      copyBlocks(
        Arg.address(pc, 2),
        Arg.address(pc, 3),
        Arg.count(pc, 0),
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
      break;
    case op.OP_CLEAR: // n*, y
      memory.fill(Arg.address(pc, 2), 0, (<usize>Arg.count(pc, 0)) << 2);
      break;
    case op.OP_EMBED: // rows*, outer, idStride, ld, yStride, vocabulary, ids, w, y
      if (
        !embed(
          Arg.address(pc, 7),
          Arg.address(pc, 8),
          Arg.address(pc, 9),
          Arg.count(pc, 0),
          Arg.int(pc, 2),
          Arg.address(pc, 3),
          Arg.address(pc, 4),
          Arg.address(pc, 5),
          Arg.int(pc, 6),
        )
      )
        failedAt = pc;
      break;
    case op.OP_EMBED_GRADIENT: // rows*, outer, idStride, ld, gStride, vocabulary, ids, g, dw
      embedGradient(
        Arg.address(pc, 7),
        Arg.address(pc, 8),
        Arg.address(pc, 9),
        Arg.count(pc, 0),
        Arg.int(pc, 2),
        Arg.address(pc, 3),
        Arg.address(pc, 4),
        Arg.address(pc, 5),
        Arg.int(pc, 6),
      );
      break;
    default:
      imageCommand(pc, opcode);
  }
}
