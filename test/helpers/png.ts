/** PNG files made by hand, right or wrong in one place. */
import { zlibSync } from 'fflate';
import { crc32 } from '../../src-core/datasets/images/crc.ts';

const word = (value: number): number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);

/** Length, type, data and a right checksum. */
export function chunk(type: string, data: ArrayLike<number>): number[] {
  const inner = Uint8Array.from([...new TextEncoder().encode(type), ...Array.from(data)]);
  return [...word(data.length), ...inner, ...word(crc32(inner))];
}

/** `data`: filter byte and pixels of each line; a black picture of 8 bits of grey where nothing else is asked for. */
export function png(
  width: number,
  height: number,
  more: { depth?: number; color?: number; data?: Uint8Array; chunks?: number[] } = {},
): Uint8Array {
  const { depth = 8, color = 0, data = new Uint8Array(height * (width + 1)), chunks = [] } = more;
  const header = chunk('IHDR', [...word(width), ...word(height), depth, color, 0, 0, 0]);
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  return Uint8Array.from([...signature, ...header, ...chunks, ...chunk('IDAT', zlibSync(data)), ...chunk('IEND', [])]);
}
