/** Random masks and noise, bit for bit those of lib/random.ts: functions of the stream's key and an element's logical index. */
import { State } from './state';

const GOLDEN: u32 = 0x9e3779b9;
const SILVER: u32 = 0x85ebca6b;
const TWO_32: f64 = 4294967296;

class Key {
  static first: u32 = 0;
  static second: u32 = 0;

  /** The stream of this step: the key of seed, purpose and node, then the two words of the step. */
  static ofStep(first: u32, second: u32): void {
    Key.first = first;
    Key.second = second;
    Key.absorb(<u32>(<u64>State.step));
    Key.absorb(<u32>((<u64>State.step) >> 32));
  }

  static absorb(word: u32): void {
    const first = mixLong((Key.first ^ word) + GOLDEN);
    Key.second = mixLong((Key.second + word * SILVER) ^ first);
    Key.first = first;
  }
}

function mixLong(x: u32): u32 {
  x = (x ^ (x >> 17)) * 0xed5ad4bb;
  x = (x ^ (x >> 11)) * 0xac4c1b51;
  x = (x ^ (x >> 15)) * 0x31848bab;
  return x ^ (x >> 14);
}

function mixShort(x: u32): u32 {
  x = (x ^ (x >> 16)) * 0x21f0aaad;
  x = (x ^ (x >> 15)) * 0x735a2d97;
  return x ^ (x >> 15);
}

class Stream {
  @inline
  static bits(index: u32): u32 {
    return mixShort(mixLong(index ^ Key.first) + Key.second);
  }

  /** Box and Muller from uniforms 2·index and 2·index + 1, in float64. */
  static normal(index: u32): f32 {
    const u = (<f64>Stream.bits(2 * index) + 0.5) / TWO_32;
    const v = <f64>Stream.bits(2 * index + 1) / TWO_32;
    return <f32>(sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v));
  }
}

/**
 * Over rows [from, to): mask = 0 for a share of the elements, `kept` for the others; y = x·mask. A row is outer × n numbers, ld bytes apart;
 * element (o, j) of row r has the logical index r·size + o·outerStep + j·innerStep.
 */
export function dropout(
  x: usize,
  y: usize,
  mask: usize,
  from: i32,
  to: i32,
  outer: i32,
  n: i32,
  ld: usize,
  rowStride: usize,
  size: i32,
  outerStep: i32,
  innerStep: i32,
  threshold: f64,
  kept: f32,
  first: u32,
  second: u32,
): void {
  Key.ofStep(first, second);
  const limit = <u64>threshold;
  x += <usize>from * rowStride;
  y += <usize>from * rowStride;
  mask += <usize>from * rowStride;
  for (let row = from; row < to; row++) {
    for (let o = 0; o < outer; o++) {
      let index = <u32>(row * size + o * outerStep);
      const start = <usize>o * ld;
      for (let at = start; at < start + ((<usize>n) << 2); at += 4) {
        const factor: f32 = <u64>Stream.bits(index) < limit ? 0 : kept;
        store<f32>(mask + at, factor);
        store<f32>(y + at, load<f32>(x + at) * factor);
        index += innerStep;
      }
    }
    x += rowStride;
    y += rowStride;
    mask += rowStride;
  }
}

/** y = x + stddev·n, n standard normal; addressed as in `dropout`. */
export function gaussianNoise(
  x: usize,
  y: usize,
  from: i32,
  to: i32,
  outer: i32,
  n: i32,
  ld: usize,
  rowStride: usize,
  size: i32,
  outerStep: i32,
  innerStep: i32,
  stddev: f32,
  first: u32,
  second: u32,
): void {
  Key.ofStep(first, second);
  x += <usize>from * rowStride;
  y += <usize>from * rowStride;
  for (let row = from; row < to; row++) {
    for (let o = 0; o < outer; o++) {
      let index = <u32>(row * size + o * outerStep);
      const start = <usize>o * ld;
      for (let at = start; at < start + ((<usize>n) << 2); at += 4) {
        store<f32>(y + at, load<f32>(x + at) + stddev * Stream.normal(index));
        index += innerStep;
      }
    }
    x += rowStride;
    y += rowStride;
  }
}
