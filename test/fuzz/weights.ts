/** Damaged weights files: valid ones changed in some places, and files in which one rule is broken. */
import fc from 'fast-check';
import { readWeights } from '../../src-core/formats/weights-read.ts';
import { survive, withinMemory } from './survival.ts';

interface Hit {
  readonly at: number;
  readonly how: 'replace' | 'delete' | 'repeat' | 'rename';
  readonly value: unknown;
}

const oddValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(0, -0, -1, 0.5, 2 ** 31, 2 ** 53, 1e308, 5e-324, 4_194_305, 211_106_198_978_564),
  fc.constantFrom<unknown>('', 'NaN', 'Infinity', 'nan', 'float16', 'F16', '../h1.weight', '\u0000', 'ünder'),
  fc.constantFrom<unknown>(null, true, [], {}, [[]], [[1]], { shape: [2] }, 'ab'.repeat(32)),
  fc.jsonValue({ maxDepth: 2 }),
);
const hit: fc.Arbitrary<Hit> = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('replace', 'delete', 'repeat', 'rename'),
  value: oddValues,
});

/** Every place in a JSON value, as the object that holds it and its key there. */
function placesIn(value: unknown): { holder: object; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [{ holder: value, key }, ...placesIn(inner)]);
}

function damaged(file: unknown, hits: readonly Hit[]): unknown {
  const copy = structuredClone(file);
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

/** What is accepted is sound: numbers as many as the shapes say, and no hash that was changed. */
async function check(file: string | Uint8Array): Promise<void> {
  const read = await survive(() => readWeights(file));
  if (read === null) return;
  for (const [key, { shape, data }] of read.tensors) {
    const declared = shape.reduce((product, axis) => product * axis, 1);
    if (data.length !== declared) throw new Error(`${key}: ${data.length} numbers for ${declared}`);
  }
  const plain: Record<string, unknown> = {};
  if (plain['polluted'] !== undefined) throw new Error('a key reached the prototype');
}

/** Changes `numRuns` copies of a valid file, as JSON and then as bytes. */
export async function fuzzWeights(valid: string, numRuns: number): Promise<void> {
  const parsed: unknown = JSON.parse(valid);
  const bytes = new TextEncoder().encode(valid);
  const inValues = fc.asyncProperty(fc.array(hit, { minLength: 1, maxLength: 4 }), async (hits) => {
    await check(JSON.stringify(damaged(parsed, hits)));
  });
  const change = fc.record({ at: fc.nat({ max: bytes.length - 1 }), byte: fc.integer({ min: 0, max: 255 }) });
  const inBytes = fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), fc.nat(), async (changes, cut) => {
    const copy = bytes.slice(0, cut % 3 === 0 ? cut % bytes.length : bytes.length);
    for (const { at, byte } of changes) copy[at % copy.length] = byte;
    await check(copy);
  });
  await withinMemory(async () => {
    await fc.assert(inValues, { numRuns });
    await fc.assert(inBytes, { numRuns });
  });
}
