/** The commands that the first thread runs alone. */
import { absoluteSum, squareSum, weightedMean, weightedMeanGradient } from './arithmetic';
import { positions } from './attention';
import { embedGradient } from './copy';
import * as op from './generated/opcodes';
import { imageCommand } from './images';
import { Arg, State } from './state';

/** Commands that one thread does alone: short, or made of parts that follow one another. */
export function aloneCommand(pc: usize, opcode: i32): void {
  switch (opcode) {
    case op.OP_POSITIONS:
      positions(pc);
      break;
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
