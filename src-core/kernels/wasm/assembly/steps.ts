/** Commands that step over tensors: over this thread's share of a whole one, or over a panel that a product has just made. */
import * as op from './generated/opcodes';
import { LINE, Own } from './own';
import { Arg, State } from './state';
import { Share } from './threads';
import { adagrad, adam, deltaBarDelta, momentum, rmsprop, sgd } from './updates';

/** What makes a float not a number, whatever its other bits. */
const NAN_BITS: i32 = 0x7fc00000;

/** Notes at `check` that something was not finite; `sum` is 0 or NaN. */
export function noteSum(check: usize, sum: f32): void {
  if (sum !== 0) atomic.or<i32>(check, NAN_BITS);
}

export class Step {
  /** Over this thread's share of a tensor; false for another command. */
  static over(pc: usize, opcode: i32): bool {
    if (opcode < op.OP_SGD || opcode > op.OP_DELTA_BAR_DELTA) return false;
    Share.of(Arg.int(pc, 0), LINE);
    noteSum(State.check, take(pc, opcode));
    return true;
  }

  /** Over `bytes` bytes of the tensor named by the command at `pc`, from byte `offset` on. */
  static part(pc: usize, offset: usize, bytes: usize): void {
    Share.first = <i32>(offset >> 2);
    Share.last = <i32>((offset + bytes) >> 2);
    noteSum(State.check, take(pc, <i32>(load<u32>(pc) & 0xffff)));
  }
}

/** The step itself; 0, or NaN where a tensor is not finite after it. */
function take(pc: usize, opcode: i32): f32 {
  switch (opcode) {
    case op.OP_SGD: // n, w, g
      return sgd(Own.at(pc, 1), Own.at(pc, 2), Own.length());
    case op.OP_MOMENTUM: // n, w, g, v, momentum, nesterov
      return momentum(
        Own.at(pc, 1),
        Own.at(pc, 2),
        Own.at(pc, 3),
        Own.length(),
        Arg.float(pc, 4),
        Arg.int(pc, 5) !== 0,
      );
    case op.OP_ADAGRAD: // n, w, g, sum, epsilon
      return adagrad(Own.at(pc, 1), Own.at(pc, 2), Own.at(pc, 3), Own.length(), Arg.float(pc, 4));
    case op.OP_RMSPROP: // n, w, g, square, rho, 1 − rho, epsilon
      return rmsprop(
        Own.at(pc, 1),
        Own.at(pc, 2),
        Own.at(pc, 3),
        Own.length(),
        Arg.float(pc, 4),
        Arg.float(pc, 5),
        Arg.float(pc, 6),
      );
    case op.OP_ADAM: // n, w, g, m, v, address of beta1, beta2, epsilon, decay in float64
      return adam(
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
    default: // delta-bar-delta: n, w, g, rate, average, kappa, phi, theta
      return deltaBarDelta(
        Own.at(pc, 1),
        Own.at(pc, 2),
        Own.at(pc, 3),
        Own.at(pc, 4),
        Own.length(),
        Arg.float(pc, 5),
        Arg.float(pc, 6),
        Arg.float(pc, 7),
      );
  }
}
