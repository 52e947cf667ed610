/** Damaged and hostile pictures: whole ones of every kind, with bytes changed, cut out, doubled and cut off. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { crc32 } from '../../src-core/datasets/images/crc.ts';
import { decodePicture } from '../../src-core/datasets/images/decode.ts';
import { survive, withinMemory } from './survival.ts';

interface Reference {
  readonly pictures: readonly { readonly file: string }[];
}
const { pictures } = JSON.parse(
  readFileSync(new URL('../reference/datasets/pictures.json', import.meta.url), 'utf8'),
) as Reference;
const files = pictures.map(({ file }) => Uint8Array.from(Buffer.from(file, 'base64')));

/** Places are shares of the file, so that they shrink with it. */
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const oddByte = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 1, 0x7f, 0x80, 0xc0, 0xda, 0xff));
const length = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 12 }) }, fc.integer({ min: 13, max: 400 }));
const damage = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('set' as const), at: place, byte: oddByte }) },
  fc.record({ kind: fc.constant('drop' as const), at: place, length }),
  fc.record({ kind: fc.constant('double' as const), at: place, length }),
  fc.record({ kind: fc.constant('cut' as const), at: place }),
);
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

function apply(bytes: Uint8Array, one: Damage): Uint8Array {
  const at = Math.floor(one.at * bytes.length);
  if (one.kind === 'set') return bytes.map((byte, i) => (i === at ? one.byte : byte));
  if (one.kind === 'cut') return bytes.slice(0, at);
  const end = Math.min(bytes.length, at + one.length);
  const before = bytes.subarray(0, one.kind === 'double' ? end : at);
  const after = bytes.subarray(one.kind === 'double' ? at : end);
  return Uint8Array.from([...before, ...after]);
}

const SIGNATURE_BYTES = 8;
const WORD = 4;

/** Checksums made right again, chunk by chunk, so that the damage gets behind them. */
function forged(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  for (let at = SIGNATURE_BYTES; at + 2 * WORD <= copy.length;) {
    const end = at + 2 * WORD + view.getUint32(at);
    if (end + WORD > copy.length) break;
    view.setUint32(end, crc32(copy.subarray(at + WORD, end)));
    at = end + WORD;
  }
  return copy;
}

/** Whatever a file holds, it is a picture of its own size or refused. */
export async function fuzzPictures(numRuns: number): Promise<void> {
  const damages = fc.array(damage, { minLength: 1, maxLength: 5 });
  const property = fc.asyncProperty(fc.constantFrom(...files), damages, fc.boolean(), async (file, all, isForged) => {
    const broken = all.reduce(apply, file);
    const bytes = isForged && broken[0] === 0x89 ? forged(broken) : broken;
    const picture = await survive(() => decodePicture(bytes, 'f'));
    if (picture === null) return;
    const { width, height, channels, pixels } = picture;
    if (pixels.length !== width * height * channels) throw new Error('the pixels are not as many as they say');
  });
  await withinMemory(() => fc.assert(property, { numRuns }));
}
