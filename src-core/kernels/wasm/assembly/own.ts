/** Operands of commands that share out their elements: where this thread's part of each begins, and how long it is. */
import { Arg } from './state';
import { Share } from './threads';

export class Own {
  @inline
  static at(pc: usize, index: i32): usize {
    return Arg.address(pc, index) + ((<usize>Share.first) << 2);
  }

  @inline
  static length(): i32 {
    return Share.last - Share.first;
  }
}

/** Floats of a cache line: threads do not share one. */
export const LINE: i32 = 16;
