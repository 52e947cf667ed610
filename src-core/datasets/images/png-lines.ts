/** The second half of PNG: filtered lines to pixels. Source: W3C PNG, sections 7 (order), 9 (filtering), 13 (samples). */
import { pictureError, type Picture } from './define.ts';

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample. */
  readonly depth: number;
  /** 0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha. */
  readonly colorType: number;
  readonly isInterlaced: boolean;
}

export interface PngColors {
  /** Red, green, blue of each entry. */
  readonly palette: Uint8Array;
  /** tRNS: alpha of each entry, or the one sample (or three) that is transparent. */
  readonly alpha: Uint8Array;
}

const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const IS_PALETTE = 3;
const WHITE = 255;

/** Where the pixels of a pass lie: first column and row, then every so many. */
interface Pass {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
}
const WHOLE: readonly Pass[] = [{ x: 0, y: 0, dx: 1, dy: 1 }];
const ADAM7: readonly Pass[] = [
  { x: 0, y: 0, dx: 8, dy: 8 },
  { x: 4, y: 0, dx: 8, dy: 8 },
  { x: 0, y: 4, dx: 4, dy: 8 },
  { x: 2, y: 0, dx: 4, dy: 4 },
  { x: 0, y: 2, dx: 2, dy: 4 },
  { x: 1, y: 0, dx: 2, dy: 2 },
  { x: 0, y: 1, dx: 1, dy: 2 },
];

interface PassSize {
  readonly pass: Pass;
  readonly columns: number;
  readonly rows: number;
  /** Bytes of a line without its filter byte. */
  readonly stride: number;
}

const bitsOf = ({ depth, colorType }: PngHeader): number => depth * (SAMPLES[colorType] ?? 1);

function passesOf(header: PngHeader): readonly PassSize[] {
  const { width, height, isInterlaced } = header;
  return (isInterlaced ? ADAM7 : WHOLE)
    .map((pass) => {
      const columns = Math.ceil((width - pass.x) / pass.dx);
      return {
        pass,
        columns,
        rows: Math.ceil((height - pass.y) / pass.dy),
        stride: Math.ceil((columns * bitsOf(header)) / 8),
      };
    })
    .filter(({ columns, rows }) => columns > 0 && rows > 0);
}

/** Bytes of all lines, a filter byte before each. */
export function unpackedSize(header: PngHeader): number {
  return passesOf(header).reduce((sum, { rows, stride }) => sum + rows * (1 + stride), 0);
}

interface LinesOptions {
  readonly header: PngHeader;
  readonly colors: PngColors;
  /** For messages. */
  readonly file: string;
}

/** Undoes the filters in `lines` itself. Throws AppError 'data.picture' for a filter or a palette entry that is not there. */
export function readLines(lines: Uint8Array, { header, colors, file }: LinesOptions): Picture {
  const { width, height, colorType } = header;
  const channels = colorType === 0 || colorType === 4 ? 1 : 3;
  const pixels = new Uint8Array(width * height * channels);
  const step = Math.max(1, bitsOf(header) >> 3);
  const read = pixelReader(header, colors, file);
  const rgba = new Uint8Array(4);
  let at = 0;
  for (const { pass, columns, rows, stride } of passesOf(header)) {
    for (let row = 0; row < rows; row++, at += 1 + stride) {
      const line = lines.subarray(at + 1, at + 1 + stride);
      const above = row === 0 ? null : lines.subarray(at - stride, at);
      if (!unfilter(lines[at] as number, line, above, step)) {
        throw pictureError(file, 'a filter from 0 to 4', String(lines[at]));
      }
      const start = (pass.y + row * pass.dy) * width + pass.x;
      for (let column = 0; column < columns; column++) {
        read(line, column, rgba);
        const alpha = rgba[3] as number;
        const to = (start + column * pass.dx) * channels;
        for (let c = 0; c < channels; c++) pixels[to + c] = over(rgba[c] as number, alpha);
      }
    }
  }
  return { width, height, channels, pixels };
}

/** A sample laid on white. */
function over(sample: number, alpha: number): number {
  return alpha === WHITE ? sample : Math.round((sample * alpha + WHITE * (WHITE - alpha)) / WHITE);
}

/** @returns false for a filter that does not exist */
function unfilter(filter: number, line: Uint8Array, above: Uint8Array | null, step: number): boolean {
  if (filter > 4) return false;
  if (filter === 0) return true;
  for (let i = 0; i < line.length; i++) {
    const left = i < step ? 0 : (line[i - step] as number);
    const up = above === null ? 0 : (above[i] as number);
    const corner = i < step || above === null ? 0 : (above[i - step] as number);
    line[i] = (line[i] as number) + predicted(filter, left, up, corner);
  }
  return true;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  return filter === 3 ? (left + up) >> 1 : paeth(left, up, corner);
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [byLeft, byUp, byCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}

type PixelReader = (line: Uint8Array, column: number, rgba: Uint8Array) => void;

/** Sixteen bits count by their high byte, fewer than eight are spread over 0 … 255. */
function pixelReader(header: PngHeader, { palette, alpha }: PngColors, file: string): PixelReader {
  const { depth, colorType } = header;
  const samples = SAMPLES[colorType] ?? 1;
  const scale = depth < 8 ? WHITE / (2 ** depth - 1) : 1;
  const full = (line: Uint8Array, at: number): number => sampleAt(line, at, depth);
  const byte = (line: Uint8Array, at: number): number =>
    depth === 16 ? (line[at * 2] as number) : full(line, at) * scale;
  if (colorType === IS_PALETTE) {
    return (line, column, rgba) => {
      const entry = full(line, column);
      if (entry * 3 + 3 > palette.length) {
        throw pictureError(file, `colours of a palette of ${Math.floor(palette.length / 3)}`, `number ${entry}`);
      }
      for (let c = 0; c < 3; c++) rgba[c] = palette[entry * 3 + c] as number;
      rgba[3] = alpha[entry] ?? WHITE;
    };
  }
  const colored = samples >= 3 ? 3 : 1;
  const hasAlpha = samples > colored;
  const key =
    hasAlpha || alpha.length < 2 * colored ? null : Array.from({ length: colored }, (_, c) => sampleAt(alpha, c, 16));
  return (line, column, rgba) => {
    const at = column * samples;
    for (let c = 0; c < colored; c++) rgba[c] = byte(line, at + c);
    if (hasAlpha) rgba[3] = byte(line, at + colored);
    else rgba[3] = key?.every((value, c) => full(line, at + c) === value) === true ? 0 : WHITE;
  };
}

/** Samples lie high bits first. */
function sampleAt(line: Uint8Array, at: number, depth: number): number {
  if (depth === 8) return line[at] as number;
  if (depth === 16) return ((line[at * 2] as number) << 8) | (line[at * 2 + 1] as number);
  const bit = at * depth;
  return ((line[bit >> 3] as number) >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
}
