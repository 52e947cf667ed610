/** Writes the micro-kernels of convolutions as AssemblyScript. Products here are short, so a call goes over many tiles. */
import { BYTES, finish, LANES, lines, start, tilesOf, turn, upTo, type Kind, type Tile } from './tiles.ts';

const vectors = ({ width }: Tile): number[] => upTo(width / LANES);
const inRow = (tile: Tile, text: (j: number) => string): string => vectors(tile).map(text).join(' ');

/** Moves the pointers of the rows of A along K. */
const advance = ({ rows, width }: Tile): string =>
  `${upTo(rows)
    .map((i) => `p${i} += 4;`)
    .join(' ')} b += ${width * BYTES};`;

/** Every accumulator starts from the same row: a bias or zeros. */
const startAlike = (tile: Tile): string =>
  `    ${inRow(tile, (j) => `const s${j} = v128.load(start, ${j * LANES * BYTES});`)}\n` +
  lines(tile.rows, (i) => `    ${inRow(tile, (j) => `let c${i}_${j} = s${j};`)}`);

/** Writes the tile, nothing below `low` in it, and goes on to the next one. */
const finishBounded = (tile: Tile): string =>
  `    const bound = f32x4.splat(low);\n    let to = c;\n` +
  lines(
    tile.rows,
    (i) =>
      `    ${inRow(tile, (j) => `v128.store(to, Vec.atLeast(c${i}_${j}, bound), ${j * LANES * BYTES});`)} to += ldc;`,
  ) +
  `    a += aStep; c += cStep; count--;\n`;

/** The first turn of a product that starts from nothing. */
function firstTurn(tile: Tile): string {
  const loads = lines(vectors(tile).length, (j) => `    const f${j} = v128.load(b, ${j * LANES * BYTES});`);
  const products = lines(tile.rows, (i) => {
    const sums = inRow(tile, (j) => `let c${i}_${j} = f32x4.mul(e${i}, f${j});`);
    return `    const e${i} = v128.load32_splat(p${i}); ${sums}`;
  });
  return loads + products;
}

/** Rows of tiles times a packed panel, `count` times as many rows as the tile has. */
function planeTile(tile: Tile): string {
  const { rows, width } = tile;
  return `function plane${rows}x${width}(${PLANE}): void {
  const length = <usize>k << 2;
  while (count) {
    let b = panel;
${lines(rows, (i) => `    let p${i} = a + ${i} * lda;`)}    const end = p0 + length;
${firstTurn(tile)}    ${advance(tile)}
    while (p0 < end) {
${turn(tile, (i) => `p${i}`)}    ${advance(tile)}
    }
${lines(rows, (i) => `    ${inRow(tile, (j) => `v128.store(c, c${i}_${j}, ${j * LANES * BYTES});`)} c += ldc;`)}    a += ${rows} * lda; count--;
  }
}
`;
}

/** Pixels of a bordered image against packed filters: K runs through `segments` stretches of `k` numbers, `jump` apart. */
function patchTile(tile: Tile): string {
  const { rows, width } = tile;
  return `function patch${rows}x${width}(${PATCH}): void {
  const length = <usize>k << 2;
  while (count) {
    let left = segments; let line = a; let b = panel;
${startAlike(tile)}    while (left) {
${lines(rows, (i) => `    let p${i} = line + ${i} * pixel;`)}    const end = p0 + length;
    while (p0 < end) {
${turn(tile, (i) => `p${i}`)}    ${advance(tile)}
    }
    line += jump; left--;
    }
${finishBounded(tile)}  }
}
`;
}

/** The same for pixels of one channel side by side: one pointer does for all of them. */
function nearTile(tile: Tile): string {
  const { rows, width } = tile;
  return `function near${rows}x${width}(${NEAR}): void {
  const length = <usize>k << 2;
  while (count) {
    let left = segments; let line = a; let b = panel;
${startAlike(tile)}    while (left) {
    let p = line; const end = p + length;
    while (p < end) {
${turn(tile, (i) => `p, ${i * BYTES}`)}    p += 4; b += ${width * BYTES};
    }
    line += jump; left--;
    }
${finishBounded(tile)}  }
}
`;
}

/** Products of an image and a gradient summed over their pixels: C += Aᵀ·G, row of pixels by row of pixels. */
function stripTile(tile: Tile): string {
  const { rows, width } = tile;
  return `function strip${rows}x${width}(${STRIP}): void {
  let from = c; const fromStride = ldc;
${start(tile)}  while (lines) {
    let p = a; let b = g; const end = b + <usize>pixels * gPixel;
    while (b < end) {
${turn(tile, (i) => `p, ${i * BYTES}`)}    p += aPixel; b += gPixel;
    }
    a += aLine; g += gLine; lines--;
  }
${finish(tile)}}
`;
}

/** The same where the rows of C, from number `first` on, are `k` to a line of the window: each has a place of its own. */
function spreadTile(tile: Tile): string {
  const { rows, width } = tile;
  return `function spread${rows}x${width}(${SPREAD}): void {
${lines(rows, (i) => `  const o${i} = <usize>((first + ${i}) / k) * jump + (<usize>((first + ${i}) % k) << 2);`)}  let from = c; const fromStride = ldc;
${start(tile)}  while (lines) {
    let p = a; let b = g; const end = b + <usize>pixels * gPixel;
    while (b < end) {
${turn(tile, (i) => `p + o${i}`)}    p += aPixel; b += gPixel;
    }
    a += aLine; g += gLine; lines--;
  }
${finish(tile)}}
`;
}

const PLANE = 'count: i32, k: i32, a: usize, lda: usize, panel: usize, c: usize, ldc: usize';
const OUTPUTS = 'panel: usize, c: usize, ldc: usize, aStep: usize, cStep: usize, start: usize, low: f32';
const PATCH = `count: i32, segments: i32, k: i32, a: usize, pixel: usize, jump: usize, ${OUTPUTS}`;
const NEAR = `count: i32, segments: i32, k: i32, a: usize, jump: usize, ${OUTPUTS}`;
const PIXELS = 'aPixel: usize, aLine: usize, g: usize, gPixel: usize, gLine: usize, c: usize, ldc: usize';
const STRIP = `lines: i32, pixels: i32, a: usize, ${PIXELS}`;
const SPREAD = `lines: i32, pixels: i32, a: usize, first: i32, k: i32, jump: usize, ${PIXELS}`;

const KINDS: readonly Kind[] = [
  { name: 'plane', parameters: PLANE, summary: 'C = A·B over `count` tiles, B packed;', text: planeTile },
  { name: 'patch', parameters: PATCH, summary: 'Pixels of `count` lines times packed filters;', text: patchTile },
  { name: 'near', parameters: NEAR, summary: 'The same for pixels of one channel;', text: nearTile },
  { name: 'strip', parameters: STRIP, summary: 'C += Aᵀ·G over the pixels of an image;', text: stripTile },
  { name: 'spread', parameters: SPREAD, summary: 'The same for rows of C from several lines;', text: spreadTile },
];

/** The text of assembly/generated/image-tiles.ts. */
export function imageTileSource(): string {
  return tilesOf(KINDS, 'Register tiles of convolutions; written by ../../image-tiles.ts.');
}
