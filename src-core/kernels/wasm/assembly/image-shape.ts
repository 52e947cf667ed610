/** What all commands of convolutions start with: the lengths of image, map and window. */
import { border } from './conv';
import { Arg, State } from './state';

/** Lengths of a convolution: the words that all its commands start with. */
export class Shape {
  @inline
  static height(pc: usize): i32 {
    return Arg.int(pc, 0);
  }
  @inline
  static width(pc: usize): i32 {
    return Arg.int(pc, 1);
  }
  @inline
  static channels(pc: usize): i32 {
    return Arg.int(pc, 2);
  }
  @inline
  static rows(pc: usize): i32 {
    return Arg.int(pc, 3);
  }
  @inline
  static columns(pc: usize): i32 {
    return Arg.int(pc, 4);
  }
  @inline
  static filters(pc: usize): i32 {
    return Arg.int(pc, 5);
  }
  @inline
  static kernelDown(pc: usize): i32 {
    return Arg.int(pc, 6);
  }
  @inline
  static kernelAcross(pc: usize): i32 {
    return Arg.int(pc, 7);
  }
  @inline
  static strideDown(pc: usize): i32 {
    return Arg.int(pc, 8);
  }
  @inline
  static strideAcross(pc: usize): i32 {
    return Arg.int(pc, 9);
  }
  @inline
  static above(pc: usize): i32 {
    return Arg.int(pc, 10);
  }
  @inline
  static before(pc: usize): i32 {
    return Arg.int(pc, 11);
  }
  /** Height of the plane that holds all windows. */
  @inline
  static planeHeight(pc: usize): i32 {
    return (Shape.rows(pc) - 1) * Shape.strideDown(pc) + Shape.kernelDown(pc);
  }
  @inline
  static planeWidth(pc: usize): i32 {
    return (Shape.columns(pc) - 1) * Shape.strideAcross(pc) + Shape.kernelAcross(pc);
  }
  /** True when every window lies inside the image, so that no border is needed. */
  @inline
  static isInside(pc: usize): bool {
    return (
      Shape.above(pc) === 0 &&
      Shape.before(pc) === 0 &&
      Shape.planeHeight(pc) <= Shape.height(pc) &&
      Shape.planeWidth(pc) <= Shape.width(pc)
    );
  }
}

/** Words after the shape. */
export const FIRST: i32 = 12;

/** The image with its border, or as it is where it needs none; `State.scratch` holds the border. */
export function bordered(pc: usize, x: usize): usize {
  if (Shape.isInside(pc)) return x;
  border(
    x,
    State.scratch,
    Shape.height(pc),
    Shape.width(pc),
    (<usize>Shape.channels(pc)) << 2,
    Shape.above(pc),
    Shape.before(pc),
    1,
    1,
    Shape.planeHeight(pc),
    Shape.planeWidth(pc),
  );
  return State.scratch;
}

/** Bytes of a line of what `bordered` returns. */
export function lineOf(pc: usize): usize {
  const width = Shape.isInside(pc) ? Shape.width(pc) : Shape.planeWidth(pc);
  return (<usize>(width * Shape.channels(pc))) << 2;
}
