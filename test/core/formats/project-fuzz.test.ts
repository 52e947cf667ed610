/** Damaged project files: whatever stands in one, it is a document that survives a round trip, or one clear refusal. */
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { readProject, writeProject } from '../../../src-core/formats/project.ts';
import { AppError } from '../../../src-core/lib/errors.ts';
import { templates } from '../../../src-core/templates/registry.ts';

/** Files per generator; a long run sets FUZZ_RUNS. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 1_500);
const MOST_MS = 1_000;

/** Reads `file` as the app would. Throws when what comes back is neither a sound document nor an AppError with a place. */
function survives(file: string | Uint8Array): void {
  const start = performance.now();
  try {
    const { document, problems } = readProject(file);
    const text = writeProject(document);
    expect(writeProject(readProject(text).document)).toBe(text);
    structuredClone(document);
    const unplaced = problems.filter(({ message }) => !/^[^\n]{2,}$/.test(message) || !/^[\w.[\] ]+: /.test(message));
    expect(unplaced).toEqual([]);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.message).toMatch(/^[^:]+: /);
  }
  expect(performance.now() - start).toBeLessThan(MOST_MS);
}

afterEach(() => {
  const plain: Record<string, unknown> = {};
  expect(plain['polluted']).toBeUndefined();
});

type Place = { readonly holder: object; readonly key: string };

/** Every place in a JSON value that holds something. */
function placesIn(value: unknown): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [{ holder: value, key }, ...placesIn(inner)]);
}

const oddNumbers = fc.constantFrom(0, -0, -1, 0.5, 1.5, 65_536, 65_537, 2 ** 31, 2 ** 53, 1e308, 5e-324, -1e15);
const oddTexts = fc.constantFrom('', 'in', 'h1', 'constructor', '12', 'full', 'softmax', 'toString', '\u0000', 'ünder');
const oddValue = fc.oneof(
  oddNumbers,
  oddTexts,
  fc.constantFrom<unknown>(null, true, false, [], {}, [[]], { type: 'elu' }, { type: 7 }, [1, 2], ['x1']),
  fc.jsonValue({ maxDepth: 2 }),
);
const template = fc.constantFrom(...Object.values(templates).map(({ document }) => document));
const damage = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('replace', 'delete', 'repeat', 'rename'),
  value: oddValue,
});

function damaged(document: unknown, hits: readonly { at: number; how: string; value: unknown }[]): unknown {
  const copy = structuredClone(document);
  for (const { at, how, value } of hits) {
    const places = placesIn(copy);
    const place = places[at % places.length];
    if (place === undefined) break;
    const { holder, key } = place;
    const held: unknown = Reflect.get(holder, key);
    if (how === 'replace') Reflect.set(holder, key, structuredClone(value));
    else if (how === 'delete') Reflect.deleteProperty(holder, key);
    else if (how === 'repeat' && Array.isArray(holder)) holder.push(structuredClone(held));
    else if (how === 'rename' && !Array.isArray(holder)) Reflect.set(holder, `${key}_`, held);
  }
  return copy;
}

test('valid files with some values changed', () => {
  fc.assert(
    fc.property(template, fc.array(damage, { minLength: 1, maxLength: 4 }), (document, hits) => {
      survives(JSON.stringify(damaged(document, hits)));
    }),
    { numRuns: RUNS },
  );
});

test('valid files with some characters changed', () => {
  const edit = fc.record({
    at: fc.nat(),
    drop: fc.nat(6),
    put: fc.constantFrom('', '"', ',', '}', '1e999', '[', '\\', '-'),
  });
  fc.assert(
    fc.property(template, fc.array(edit, { minLength: 1, maxLength: 3 }), (document, edits) => {
      let text = JSON.stringify(document);
      for (const { at, drop, put } of edits) {
        const from = at % text.length;
        text = text.slice(0, from) + put + text.slice(from + drop);
      }
      survives(text);
    }),
    { numRuns: RUNS },
  );
});

test('any wiring of any layers', () => {
  const [base] = Object.values(templates);
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'nobody');
  const layer = fc.constantFrom<readonly [string, object]>(
    ['dense', { units: 2 }],
    ['add', {}],
    ['concat', {}],
    ['flatten', {}],
    ['dropout', { rate: 0.5 }],
    ['conv2d', { filters: 1, kernel_size: [2, 2] }],
    ['output', {}],
    ['input', { shape: [2] }],
  );
  const slot = fc.option(fc.nat(3), { nil: undefined });
  const edges = fc.array(fc.record({ from: id, to: id, slot }), { maxLength: 9 });
  fc.assert(
    fc.property(fc.array(layer, { maxLength: 5 }), edges, (chosen, wires) => {
      const nodes = chosen.map(([type, params], i) => ({ id: 'abcde'[i], type, params }));
      survives(JSON.stringify({ ...base?.document, graph: { nodes, edges: wires } }));
    }),
    { numRuns: RUNS },
  );
});

test('any JSON and any bytes', () => {
  const utf16 = (text: string) => Uint8Array.from(Buffer.from(`\uFEFF${text}`, 'utf16le'));
  const file = fc.oneof(fc.json(), fc.string(), fc.uint8Array({ maxLength: 200 }), fc.json().map(utf16));
  fc.assert(fc.property(file, survives), { numRuns: RUNS });
});

test.each([
  ['{"__proto__": {"polluted": true}}', 'top level: expected no key "__proto__"; rename it'],
  ['{"graph": {"constructor": {"prototype": {"polluted": true}}}}', 'graph: expected no key "constructor"; rename it'],
  ['['.repeat(100_000), `${'[0]'.repeat(64)}: expected lists and objects nested at most 64 deep, got more`],
  [`"${'x'.repeat(10_001)}"`, 'top level: expected text of at most 10000 characters, got more'],
])('an attack is refused: %.30s', (text, message) => {
  expect(() => readProject(text)).toThrow(message);
});

test('files beyond the limits are refused before they are read', () => {
  const base = JSON.stringify({
    format: 'netloom-project',
    version: 1,
    data: { kind: 'csv' },
    training: { loss: 'x', optimizer: { type: 'x' } },
  });
  const withGraph = (nodes: number, edges: number) =>
    base.replace(
      '{',
      `{"graph":{"nodes":[${Array(nodes).fill('{}').join()}],"edges":[${Array(edges).fill('{}').join()}]},`,
    );
  expect(() => readProject(withGraph(10_001, 0))).toThrow('graph.nodes: expected at most 10000 items, got 10001');
  expect(() => readProject(withGraph(0, 50_001))).toThrow('graph.edges: expected at most 50000 items, got 50001');
  expect(() => readProject(new Uint8Array(50 * 1024 * 1024 + 1))).toThrow('expected at most 52428800 bytes');
});
