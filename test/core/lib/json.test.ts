/** The JSON reader refuses what JSON.parse lets through, and the writer gives the same bytes for the same value. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJson } from '../../../src-core/lib/json-read.ts';
import { writeJson } from '../../../src-core/lib/json-write.ts';
import { messageOf } from '../../helpers/message-of.ts';

const limits = { what: 'file', maxBytes: 1_000, maxDepth: 4, maxString: 20 };
const read = (text: string | Uint8Array) => readJson(text, limits);

test.each([
  ['', 'file: expected a JSON file, got the end of the file where a value was expected (line 1, column 1)'],
  ['{"a": 1,}', 'file: expected a JSON file, got "}" where a key in double quotes was expected (line 1, column 9)'],
  ['[\n1\n2]', 'file: expected a JSON file, got "2" where "," or "]" was expected (line 3, column 1)'],
  ['[01]', 'file: expected a JSON file, got "1" where "," or "]" was expected (line 1, column 3)'],
  ['[1.]', 'file: expected a JSON file, got "." where "," or "]" was expected (line 1, column 3)'],
  ['[NaN]', 'file: expected a JSON file, got "N" where a value was expected (line 1, column 2)'],
  ["{'a': 1}", `file: expected a JSON file, got "'" where a key in double quotes was expected (line 1, column 2)`],
  ['"\\x"', 'file: expected a JSON file, got "\\\\" where an escape of JSON was expected (line 1, column 2)'],
  ['"a\nb"', 'file: expected a JSON file, got "\\n" where a closing quote was expected (line 1, column 3)'],
  ['{} {}', 'file: expected a JSON file, got "{" where nothing more was expected (line 1, column 4)'],
  ['{"a": {"b": [1e999]}}', 'a.b[0]: expected a finite number, got 1e999'],
  ['{"a": 1, "a": 2}', 'top level: expected every key once, got "a" twice'],
  ['{"a": {"__proto__": {}}}', 'a: expected no key "__proto__"; rename it'],
  ['{"\\u005f_proto__": {}}', 'top level: expected no key "__proto__"; rename it'],
  ['[[[[[1]]]]]', '[0][0][0][0]: expected lists and objects nested at most 4 deep, got more'],
  [`["${'x'.repeat(21)}"]`, '[0]: expected text of at most 20 characters, got more'],
  [`"${'x'.repeat(1_000)}"`, 'file: expected at most 1000 bytes, got 1002'],
])('%# is refused with the place', (text, message) => {
  expect(messageOf(() => read(text))).toBe(message);
});

test('bytes that are not UTF-8 are refused', () => {
  for (const utf16 of [
    [0xff, 0xfe, 0x7b, 0x00],
    [0xfe, 0xff, 0x00, 0x7b],
    [0x7b, 0x00],
    [0x00, 0x7b],
  ])
    expect(() => read(Uint8Array.from(utf16))).toThrow('file: expected UTF-8 text, got UTF-16; save the file as UTF-8');
  expect(() => read(Uint8Array.of(0x7b, 0xff))).toThrow('file: expected UTF-8 text, got other bytes; save the file as');
});

test('a byte order mark is stepped over', () => {
  expect([read('\uFEFF[1]'), read(Uint8Array.of(0xef, 0xbb, 0xbf, 0x5b, 0x5d))]).toEqual([[1], []]);
});

const roomy = { what: 'file', maxBytes: 1e7, maxDepth: 64, maxString: 10_000 };

test('what JSON.stringify writes is read as JSON.parse reads it', () => {
  const isPlain = (text: string) => !/__proto__|constructor|prototype/.test(text);
  fc.assert(
    fc.property(fc.json().filter(isPlain), (text) => {
      expect(readJson(text, roomy)).toEqual(JSON.parse(text));
    }),
    { numRuns: 500 },
  );
});

test('whatever text comes, it is read as JSON.parse reads it or refused with a message', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:0-1.e+\\u2 ntrue') }), (text) => {
      const known = attempt(() => JSON.parse(text) as unknown);
      const ours = attempt(() => readJson(text, roomy));
      if (known === null) expect(ours).toBeNull();
      else if (ours !== null) expect(ours).toEqual(known);
    }),
    { numRuns: 5_000 },
  );
});

/** The result in a box; null when it was refused with a message of ours or of JSON.parse. */
function attempt(read: () => unknown): { readonly value: unknown } | null {
  try {
    return { value: read() };
  } catch (error) {
    expect(error).toSatisfy((e) => e instanceof SyntaxError || (e instanceof Error && e.name === 'AppError'));
    return null;
  }
}

test('writing, reading and writing again gives the same bytes', () => {
  const isPlain = (value: unknown) => !/__proto__|constructor|prototype/.test(JSON.stringify(value) ?? '');
  fc.assert(
    fc.property(fc.jsonValue().filter(isPlain), (value) => {
      const text = writeJson(value as never);
      expect(writeJson(readJson(text, roomy))).toBe(text);
    }),
    { numRuns: 500 },
  );
});

test('short things stay on one line, minus zero stays minus zero', () => {
  const value = { a: [1, -0, 1e-7], long: Array.from({ length: 2 }, () => 'x'.repeat(70)), none: {} };
  expect(writeJson(value)).toBe(
    `{\n  "a": [1, -0, 1e-7],\n  "long": [\n    "${'x'.repeat(70)}",\n    "${'x'.repeat(70)}"\n  ],\n  "none": {}\n}\n`,
  );
});
