/** What changes from step to step, and how a command's numbers are read. One set per thread: a module's globals are its own. */

export class State {
  /** Number of this thread, and how many run the present commands together. */
  static thread: i32 = 0;
  static threads: i32 = 1;
  /** Rows of the present batch. */
  static rows: i32 = 0;
  /** The part of the batch that commands on images go through at present. */
  static first: i32 = 0;
  static last: i32 = 0;
  /** Which of the chunks of a batch they go through; each chunk adds up sums of its own. */
  static chunk: i32 = 0;
  /** Steps taken before this one over the whole run. */
  static step: f64 = 0;
  static learningRate: f64 = 0;
  /** Where steps note that a tensor is not finite. */
  static check: usize = 0;
  /** Distance from the first thread's copy of what lives for one image only to this thread's. */
  static local: usize = 0;
  /** Memory for packed panels and images with borders; every thread has its own. */
  static scratch: usize = 0;

  static setRows(rows: i32): void {
    State.rows = rows;
    State.first = 0;
    State.last = rows;
  }
}

/** A command is an opcode and its length in words, then whole numbers (addresses, strides and counts) and floats. */
export class Arg {
  /** Whole number `index`, counted from the word after the opcode. */
  @inline
  static int(pc: usize, index: i32): i32 {
    return load<i32>(pc + ((<usize>(index + 1)) << 2));
  }

  @inline
  static address(pc: usize, index: i32): usize {
    return <usize>load<u32>(pc + ((<usize>(index + 1)) << 2));
  }

  @inline
  static float(pc: usize, index: i32): f32 {
    return load<f32>(pc + ((<usize>(index + 1)) << 2));
  }

  /** A count that may grow with the batch: a fixed part and a part per row of the batch, in two words. */
  @inline
  static count(pc: usize, index: i32): i32 {
    return Arg.int(pc, index) + Arg.int(pc, index + 1) * State.rows;
  }
}

/** Operands of commands on images: an address and the distance from image to image, in two words. */
export class Image {
  /** Place of image `row`. Distance 0: one image's room, which every thread has for itself. */
  @inline
  static at(pc: usize, index: i32, row: i32): usize {
    const stride = Arg.address(pc, index + 1);
    return Arg.address(pc, index) + (stride === 0 ? State.local : <usize>row * stride);
  }

  /** Place of the present chunk's sum; the second word is the distance from chunk to chunk. 0 where nothing is summed. */
  @inline
  static sum(pc: usize, index: i32): usize {
    return Arg.address(pc, index) + <usize>State.chunk * Arg.address(pc, index + 1);
  }
}
