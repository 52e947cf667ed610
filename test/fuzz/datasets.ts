/** Damaged and hostile data files: CSV and IDX, as many as asked for. */
import fc from 'fast-check';
import { gzipSync } from 'fflate';
import { inspectCsv } from '../../src-core/datasets/inspect-csv.ts';
import { readTable } from '../../src-core/datasets/csv/table.ts';
import { readIdxInTurns } from '../../src-core/datasets/idx/read-idx.ts';
import { loadData } from '../../src-core/datasets/load.ts';
import { survive, withinMemory } from './survival.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const oddCells = fc.constantFrom('', ' ', '"', '""', '"x', 'x"', '"a,b"', '"a\nb"', 'NaN', 'Infinity', '1e999', '0x10');
const otherCells = fc.constantFrom(
  '1,234.5',
  '1.234,5',
  '=1+1',
  '\u0000',
  '\uFEFF',
  '−1',
  '1e-400',
  '__proto__',
  '٣',
  '🙂',
);
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map(String);
const cell = fc.oneof({ weight: 6, arbitrary: number }, oddCells, otherCells, fc.string({ maxLength: 12 }));
const lineEnd = fc.constantFrom('\n', '\r\n', '\r', '\n\n', '');
const delimiter = fc.constantFrom(',', ';', '\t', '|');
const line = fc.tuple(fc.array(cell, { maxLength: 5 }), delimiter, lineEnd);
/** Mostly a table of three columns, some of it broken. */
const csvText = fc
  .tuple(
    fc.constantFrom('a,b,y', 'a,b,b', '"a","b","y"', '\uFEFFa,b,y', 'a;b;y', ''),
    fc.array(line, { maxLength: 12 }),
  )
  .map(([head, lines]) => `${head}\n${lines.map(([cells, mark, end]) => cells.join(mark) + end).join('')}`);
const rawBytes = fc.uint8Array({ maxLength: 400 });
const utf16 = csvText.map((text) => Uint8Array.from([0xff, 0xfe, ...Buffer.from(text, 'utf16le')]));
const csvFile = fc.oneof({ weight: 8, arbitrary: csvText.map(encode) }, rawBytes, utf16);
const csvKeys = fc.record({
  task: fc.constantFrom('regression', 'binary', 'multiclass'),
  missing: fc.constantFrom('error', 'drop', 'mean'),
  decimal: fc.constantFrom('.', ','),
  header: fc.boolean(),
  standardize: fc.boolean(),
});

/** Whatever a file holds, it is data of its own size or refused. */
export async function fuzzCsv(numRuns: number): Promise<void> {
  const property = fc.asyncProperty(csvFile, csvKeys, async (bytes, keys) => {
    const names = keys.header ? { inputs: ['a', 'b'], target: ['y'] } : { inputs: ['c1', 'c2'], target: ['c3'] };
    const data = await survive(() => loadData({ kind: 'csv', path: 'f.csv', ...names, ...keys }, async () => bytes));
    if (data !== null) {
      const { count, inputs, targets } = data.training;
      if (count < 1 || inputs.length !== count * 2 || targets.length !== count * data.targetSize) {
        throw new Error('the rows are not as many as they say');
      }
      if (![...inputs, ...targets].every(Number.isFinite)) throw new Error('a number that is none came through');
    }
    await survive(() => inspectCsv(bytes, { path: 'f.csv' }));
  });
  await withinMemory(() => fc.assert(property, { numRuns }));
}

/** Any text in any cell, quoted as the format says, is read back as it was (line ends become LF). */
export async function fuzzCsvRoundTrip(numRuns: number): Promise<void> {
  const texts = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r\n', ' ', 'é', '\t', '1') });
  const rows = fc.integer({ min: 2, max: 4 }).chain((width) => {
    return fc.array(fc.array(texts, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 });
  });
  const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const property = fc.property(rows, delimiter, fc.constantFrom('\n', '\r\n', '\r'), (table, mark, end) => {
    const text = table.map((row) => row.map(quote).join(mark)).join(end);
    const read = readTable(encode(text), { file: 'f.csv', decimal: '.', header: false, delimiter: mark });
    const expected = table.map((row) => row.map((value) => value.replaceAll('\r\n', '\n')));
    if (JSON.stringify(read.records.map(({ fields }) => fields)) !== JSON.stringify(expected)) {
      throw new Error(`read back as ${JSON.stringify(read.records)}`);
    }
  });
  fc.assert(property, { numRuns });
}

const dimension = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 6 }) },
  fc.constantFrom(0, 255, 65_536, 2 ** 27, 2 ** 31, 2 ** 32 - 1),
);
const header = fc.record({
  zeros: fc.constantFrom(0, 0, 0, 0, 0, 1),
  type: fc.oneof({ weight: 8, arbitrary: fc.constant(8) }, fc.integer({ min: 0, max: 255 })),
  dims: fc.oneof({ weight: 8, arbitrary: fc.array(dimension, { minLength: 2, maxLength: 4 }) }, fc.array(dimension)),
});
/** Bytes more (or fewer) than declared. */
const surplus = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  fc.integer({ min: -20, max: 20 }),
  fc.constant(5_000),
);
const packing = fc.record({
  isPacked: fc.boolean(),
  isParted: fc.boolean(),
  cut: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: 30 })),
  tail: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: 30 })),
});
type Header = typeof header extends fc.Arbitrary<infer T> ? T : never;
type Packing = typeof packing extends fc.Arbitrary<infer T> ? T : never;

const MOST_BODY = 2_000;

function idxBytes({ zeros, type, dims }: Header, extra: number): Uint8Array {
  const declared = dims.reduce((product, dim) => product * dim, 1);
  const body = Math.max(0, Math.min(declared, MOST_BODY) + extra);
  const words = dims.flatMap((dim) => [24, 16, 8, 0].map((shift) => Math.floor(dim / 2 ** shift) % 256));
  const values = Array.from({ length: body }, (_, i) => i % 256);
  return Uint8Array.from([zeros, 0, type, dims.length, ...words, ...values]);
}

function pack(bytes: Uint8Array, { isPacked, isParted, cut, tail }: Packing): Uint8Array {
  const middle = isParted ? Math.floor(bytes.length / 2) : bytes.length;
  const members = [bytes.subarray(0, middle), bytes.subarray(middle)].filter((part) => part.length > 0);
  const whole = isPacked ? members.flatMap((part) => [...gzipSync(part)]) : [...bytes];
  const kept = cut === 0 ? whole : whole.slice(0, -cut);
  const junk = cut === 0 ? tail : 0; // else the junk could stand in for what was cut
  return Uint8Array.from([...kept, ...Array.from({ length: junk }, () => 7)]);
}

/** Whatever a header says, as many values come out as it says, or none. */
export async function fuzzIdx(numRuns: number): Promise<void> {
  const property = fc.asyncProperty(header, surplus, packing, async (head, extra, how) => {
    // Junk behind a body that is too short could stand in for what is missing.
    const bytes = pack(idxBytes(head, extra), extra < 0 ? { ...how, tail: 0 } : how);
    const read = await survive(() => readIdxInTurns(bytes, { file: 'f', dims: [2, 4] }, () => {}));
    if (read === null) return;
    const declared = read.dims.reduce((product, dim) => product * dim, 1);
    if (read.values.length !== declared) throw new Error('the values are not as many as declared');
    if (read.values.some((value, i) => value !== i % 256)) throw new Error('the values are not those of the file');
  });
  await withinMemory(() => fc.assert(property, { numRuns }));
}
