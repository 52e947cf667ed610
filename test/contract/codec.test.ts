/** The frame codec: whatever a service may say comes back the same, and what nobody could have said is refused. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFrame, encodeFrame, MAX_DEPTH } from '../../src-core/contract/codec.ts';

const roundTrip = (value: unknown): unknown => decodeFrame(encodeFrame(value));

const frameOf = (head: string, behind: readonly number[] = []): Uint8Array => {
  const text = new TextEncoder().encode(head);
  const start = Math.ceil((8 + text.byteLength) / 8) * 8;
  const frame = new Uint8Array(start + behind.length);
  frame.set([0x4e, 0x4c, 0x46, 0x31]);
  new DataView(frame.buffer).setUint32(4, text.byteLength, true);
  frame.set(text, 8);
  frame.set(behind, start);
  return frame;
};

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = [value];
  return value;
};

const key = fc
  .oneof(fc.string(), fc.constantFrom('$n', '$f4', '$$', '$', '0', '10', 'toString'))
  .filter((k) => k !== '__proto__');
const array = fc.oneof(fc.uint8Array(), fc.int32Array(), fc.uint32Array(), fc.float32Array(), fc.float64Array());
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0),
    array,
    fc.array(tie('value')),
    fc.dictionary(key, tie('value'), { noNullPrototype: true }),
  ),
}));

describe('frame codec', () => {
  it('gives back every value with the same types, numbers and order of keys', () => {
    fc.assert(
      fc.property(value, (original) => {
        const back = roundTrip(original);
        expect(back).toStrictEqual(original); // toStrictEqual tells -0 from 0 and one array type from another
        expect(JSON.stringify(back)).toBe(JSON.stringify(original));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps strings with lone surrogates', () => {
    expect(roundTrip('a\ud800b')).toBe('a\ud800b');
  });

  it('leaves out keys whose value is undefined', () => {
    expect(roundTrip({ a: 1, b: undefined })).toStrictEqual({ a: 1 });
  });

  it('carries an array that is a part of a larger buffer, without the rest of it', () => {
    const part = new Float64Array([1, 2, 3, 4]).subarray(1, 3);
    const frame = encodeFrame(part);
    expect(decodeFrame(frame)).toStrictEqual(new Float64Array([2, 3]));
    expect(frame.byteLength).toBe(8 + 16 + 16); // start, head with padding, two numbers
  });

  it('reads a frame that begins at an odd address', () => {
    const frame = encodeFrame({ a: new Float64Array([1.5]) });
    const shifted = new Uint8Array(frame.byteLength + 3);
    shifted.set(frame, 3);
    expect(decodeFrame(shifted.subarray(3))).toStrictEqual({ a: new Float64Array([1.5]) });
  });

  it('reads a frame out of a pooled Node buffer', () => {
    expect(decodeFrame(Buffer.from(encodeFrame(new Float64Array([1.5]))))).toStrictEqual(new Float64Array([1.5]));
  });

  it('gives arrays that do not share memory with the frame', () => {
    const frame = encodeFrame(new Uint8Array([1, 2, 3]));
    const back = decodeFrame(frame);
    frame.fill(9);
    expect(back).toStrictEqual(new Uint8Array([1, 2, 3]));
  });

  it.each([
    ['a function', () => 1],
    ['a bigint', 1n],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['undefined in a list', [undefined]],
    ['an array of another type', new Uint16Array(1)],
    ['the key __proto__', JSON.parse('{"__proto__": 1}')],
  ])('refuses to send %s', (_name, bad: unknown) => {
    expect(() => encodeFrame(bad)).toThrow(/bug: /);
  });

  it('sends the deepest allowed nesting and refuses the next level on both sides', () => {
    expect(roundTrip(nested(MAX_DEPTH + 1))).toStrictEqual(nested(MAX_DEPTH + 1));
    expect(() => encodeFrame(nested(MAX_DEPTH + 2))).toThrow(expect.objectContaining({ code: 'host.too_deep' }));
    expect(() => decodeFrame(frameOf('['.repeat(MAX_DEPTH + 2) + ']'.repeat(MAX_DEPTH + 2)))).toThrow(
      expect.objectContaining({ code: 'host.bad_frame' }),
    );
  });

  it('refuses a million levels without running out of stack', () => {
    const bomb = frameOf('['.repeat(1e6) + ']'.repeat(1e6));
    expect(() => decodeFrame(bomb)).toThrow(expect.objectContaining({ code: 'host.bad_frame' }));
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['seven bytes', new Uint8Array(7)],
    ['another beginning', new Uint8Array(16)],
    ['a head longer than the frame', frameOf('1').subarray(0, 8)],
    ['a head that is not JSON', frameOf('{')],
    ['a head that is not UTF-8', new Uint8Array([0x4e, 0x4c, 0x46, 0x31, 1, 0, 0, 0, 0xff, 0, 0, 0, 0, 0, 0, 0])],
    ['an array longer than the frame', frameOf('{"$f4":3}', [0, 0, 0, 0, 0, 0, 0, 0])],
    ['an array of 2^53 numbers', frameOf('{"$f8":9007199254740991}')],
    ['a negative length', frameOf('{"$u1":-1}')],
    ['a broken length', frameOf('{"$u1":1.5}')],
    ['a length in words', frameOf('{"$u1":"1"}')],
    ['an unknown mark', frameOf('{"$x":1}')],
    ['an unknown mark among other keys', frameOf('{"$f4":1,"a":2}')],
    ['an unknown number', frameOf('{"$n":"toString"}')],
    ['the key __proto__', frameOf('{"__proto__":{"polluted":true}}')],
    ['bytes that belong to nothing', frameOf('1', [1, 2, 3, 4, 5, 6, 7, 8])],
  ])('refuses %s', (_name, frame) => {
    expect(() => decodeFrame(frame)).toThrow(expect.objectContaining({ code: 'host.bad_frame' }));
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('reads the same bytes only once: an array cannot be multiplied by naming it twice', () => {
    const frame = frameOf('[{"$u1":8},{"$u1":8}]', [1, 2, 3, 4, 5, 6, 7, 8]);
    expect(() => decodeFrame(frame)).toThrow(expect.objectContaining({ code: 'host.bad_frame' }));
  });

  it('refuses or reads, but never fails in another way, whatever byte is changed', () => {
    const frame = encodeFrame({ a: [1, Number.NaN], b: new Float32Array([1, 2]), $c: 'x' });
    fc.assert(
      fc.property(fc.nat(frame.byteLength - 1), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const changed = Uint8Array.from(frame);
        changed[at] = byte;
        try {
          decodeFrame(changed);
        } catch (error) {
          expect(error).toMatchObject({ code: 'host.bad_frame' });
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
