/**
 * Randomness as pure functions: one counter-based generator, so that a stream needs no state beside a counter.
 * The n-th number of a stream depends on the stream's key and on n alone; a resumed run repeats nothing and skips nothing.
 * The mixing functions are triple32 and lowbias32 of Chris Wellons' hash-prospector (public domain, 2018 to 2022), keyed
 * between their rounds; the idea of counter-based streams is Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011.
 */
import { assert } from './assert.ts';

/** What a stream is for: streams of different purposes never share numbers. */
export type StreamPurpose = 'init' | 'shuffle' | 'dropout' | 'noise' | 'data' | 'split';

/** Two 32-bit words that choose a stream. */
export type StreamKey = readonly [number, number];

const TWO_32 = 4294967296; // 2^32
/** Golden-ratio increments, as in Knuth's multiplicative hashing: they set equal words at different places apart. */
const GOLDEN = 0x9e3779b9;
const SILVER = 0x85ebca6b;

/** triple32: a bijection of 32-bit words with a bias of 0.0208 (exact avalanche: 0). */
function mixLong(word: number): number {
  let x = word | 0;
  x = Math.imul(x ^ (x >>> 17), 0xed5ad4bb);
  x = Math.imul(x ^ (x >>> 11), 0xac4c1b51);
  x = Math.imul(x ^ (x >>> 15), 0x31848bab);
  return x ^ (x >>> 14);
}

/** lowbias32: a shorter bijection of 32-bit words, bias 0.1076. */
function mixShort(word: number): number {
  let x = word | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return x ^ (x >>> 15);
}

/** Folds one 32-bit word into both halves of a key. */
function absorb(key: StreamKey, word: number): StreamKey {
  const first = mixLong((key[0] ^ word) + GOLDEN);
  const second = mixLong((key[1] + Math.imul(word, SILVER)) ^ first);
  return [first >>> 0, second >>> 0];
}

/** Numbers give their low and high 32 bits (whole numbers up to 2^53); texts give their length and code units. */
function wordsOf(part: number | string): number[] {
  if (typeof part === 'number') {
    assert(Number.isSafeInteger(part), `a stream is chosen by whole numbers, got ${part}`);
    return [part | 0, Math.floor(part / TWO_32) | 0];
  }
  return [part.length, ...Array.from(part, (_, i) => part.charCodeAt(i))];
}

/**
 * Key of the stream for `seed` and `purpose`, narrowed by any further words (a tensor key, a node id, an epoch, a step).
 * @param seed whole number, |seed| ≤ 2^53
 */
export function streamKey(seed: number, purpose: StreamPurpose, ...words: readonly (number | string)[]): StreamKey {
  let key: StreamKey = [GOLDEN, SILVER];
  for (const part of [seed, purpose, ...words]) {
    for (const word of wordsOf(part)) key = absorb(key, word);
  }
  return key;
}

/**
 * The `index`-th 32 random bits of a stream, as a whole number in [0, 2^32). 32-bit arithmetic only, so that other
 * languages repeat it bit for bit: with lo and hi the halves of `index`,
 * bits = lowbias32(triple32(lo ^ key0) + (key1 ^ hi·0x9e3779b9)).
 * @param index whole number, 0 ≤ index ≤ 2^53
 */
export function bitsAt(key: StreamKey, index: number): number {
  const high = index < TWO_32 ? 0 : Math.floor(index / TWO_32);
  return mixShort(mixLong(index ^ key[0]) + (key[1] ^ Math.imul(high, GOLDEN))) >>> 0;
}

/** The `index`-th uniform number of a stream: bitsAt / 2^32, in [0, 1). */
export function uniformAt(key: StreamKey, index: number): number {
  return bitsAt(key, index) / TWO_32;
}

/**
 * The `index`-th standard normal number of a stream, from uniforms 2·index and 2·index + 1:
 * √(−2 ln u)·cos 2πv with u = (bits + ½)/2^32. Source: Box and Muller, 1958.
 */
export function normalAt(key: StreamKey, index: number): number {
  const u = (bitsAt(key, 2 * index) + 0.5) / TWO_32; // half a step up: never ln 0
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * uniformAt(key, 2 * index + 1));
}

/** Walks along one stream: for code that draws one number after another and never has to come back. */
export class Random {
  readonly #key: StreamKey;
  #index = 0;

  constructor(key: StreamKey) {
    this.#key = key;
  }

  /** 32 random bits as a whole number in [0, 2^32). */
  bits(): number {
    return bitsAt(this.#key, this.#index++);
  }

  /** Uniform in [0, 1). */
  next(): number {
    return this.bits() / TWO_32;
  }

  /** Uniform in [low, high). */
  uniform(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** Standard normal; takes two draws. */
  normal(): number {
    const u = (this.bits() + 0.5) / TWO_32;
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * this.next());
  }

  /** `uniform(low, high)` for every value: the same numbers, in one loop that is soon fast. */
  fillUniform(values: Float64Array, low: number, high: number): void {
    const first = this.#index;
    assert(first + values.length < TWO_32, 'a stream is filled from its first 2^32 numbers');
    const range = high - low;
    // bitsAt with the halves of the key at hand and the high half of the index zero: several times faster.
    const [a, b] = [this.#key[0] | 0, this.#key[1] | 0];
    for (let i = 0; i < values.length; i++) {
      const bits = mixShort((mixLong((first + i) ^ a) + b) | 0) >>> 0;
      values[i] = low + range * (bits * (1 / TWO_32));
    }
    this.#index += values.length;
  }

  /** `deviation * normal()` for every value. */
  fillNormal(values: Float64Array, deviation: number): void {
    const first = this.#index;
    for (let i = 0; i < values.length; i++) {
      const u = (bitsAt(this.#key, first + 2 * i) + 0.5) / TWO_32;
      const v = uniformAt(this.#key, first + 2 * i + 1);
      values[i] = deviation * (Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v));
    }
    this.#index += 2 * values.length;
  }

  /**
   * Whole number in [0, n), each equally likely: draws above the last full multiple of n are drawn again.
   * @param n 1 … 2^32
   */
  integer(n: number): number {
    assert(Number.isInteger(n) && n >= 1 && n <= TWO_32, `integer(n) takes 1 … 2^32, got ${n}`);
    const limit = TWO_32 - (TWO_32 % n);
    let bits = this.bits();
    while (bits >= limit) bits = this.bits();
    return bits % n;
  }

  /** The numbers 0 … n−1 in random order, each order equally likely (Fisher and Yates; Durstenfeld, 1964). */
  permutation(n: number): Uint32Array<ArrayBuffer> {
    const order = Uint32Array.from({ length: n }, (_, i) => i);
    for (let last = n - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      const kept = order[last] as number;
      order[last] = order[other] as number;
      order[other] = kept;
    }
    return order;
  }
}
