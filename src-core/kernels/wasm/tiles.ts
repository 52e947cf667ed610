/** Writes the micro-kernels of the matrix product as AssemblyScript: register tiles are the same few lines, repeated. */

/** Rows of the tallest tile: 6×2 accumulators, 2 vectors of B and 1 of A fill V8's 15 registers; without fused multiply-add a product needs one more. */
const TALLEST = 6;
const WIDTHS = [8, 4];
export const LANES = 4;
export const BYTES = 4;

export const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
export const lines = (count: number, line: (i: number) => string): string =>
  upTo(count)
    .map((i) => `${line(i)}\n`)
    .join('');

export interface Tile {
  readonly rows: number;
  readonly width: number;
}

/** Loads every accumulator from its start: a bias (stride 0), zeros (stride 0) or the matrix itself. */
export function start({ rows, width }: Tile): string {
  return lines(rows, (i) => {
    const loads = upTo(width / LANES).map((j) => `let c${i}_${j} = v128.load(from, ${j * LANES * BYTES});`);
    return `  ${loads.join(' ')}${i + 1 < rows ? ' from += fromStride;' : ''}`;
  });
}

/** One turn along K: a row of B against one number of each row of A. */
export function turn({ rows, width }: Tile, a: (i: number) => string): string {
  const vectors = upTo(width / LANES);
  const loads = lines(vectors.length, (j) => `    const b${j} = v128.load(b, ${j * LANES * BYTES});`);
  const products = lines(rows, (i) => {
    const sums = vectors.map((j) => `c${i}_${j} = Vec.madd(a${i}, b${j}, c${i}_${j});`);
    return `    const a${i} = v128.load32_splat(${a(i)}); ${sums.join(' ')}`;
  });
  return loads + products;
}

export function finish({ rows, width }: Tile): string {
  return lines(rows, (i) => {
    const stores = upTo(width / LANES).map((j) => `v128.store(c, c${i}_${j}, ${j * LANES * BYTES});`);
    return `  ${stores.join(' ')}${i + 1 < rows ? ' c += ldc;' : ''}`;
  });
}

/** A row-major: each row of A has a pointer of its own. */
function rowTile(tile: Tile): string {
  const { rows, width } = tile;
  return `function rows${rows}x${width}(k: i32, a: usize, lda: usize, b: usize, c: usize, ldc: usize, from: usize, fromStride: usize): void {
${start(tile)}${lines(rows, (i) => `  let p${i} = a + ${i} * lda;`)}  const end = p0 + (<usize>k << 2);
  while (p0 < end) {
${turn(tile, (i) => `p${i}`)}    ${upTo(rows)
    .map((i) => `p${i} += 4;`)
    .join(' ')} b += ${width * BYTES};
  }
${finish(tile)}}
`;
}

/** A transposed: the numbers of one K lie side by side. */
function columnTile(tile: Tile): string {
  const { rows, width } = tile;
  return `function columns${rows}x${width}(k: i32, a: usize, lda: usize, b: usize, c: usize, ldc: usize, from: usize, fromStride: usize): void {
${start(tile)}  while (k) {
${turn(tile, (i) => `a, ${i * BYTES}`)}    a += lda; b += ${width * BYTES}; k--;
  }
${finish(tile)}}
`;
}

/** Heights of the tiles that loops run with: see TALLEST. */
const HEIGHTS = { fused: 6, plain: 4 };

/**
 * Tile after tile down the rows, one panel of B against all of A: a call per tile would cost more than a short tile does.
 * A row-major (`step` unused), or transposed with `step` bytes from one tile's columns to the next.
 */
function loopOf(kind: 'rows' | 'columns', tile: Tile): string {
  const { rows, width } = tile;
  const isRows = kind === 'rows';
  const numbers = isRows ? (i: number) => `p${i}` : (i: number) => `p, ${i * BYTES}`;
  const names = isRows ? upTo(rows).map((i) => `p${i}`) : [];
  const pointers = isRows ? lines(rows, (i) => `  let p${i} = a + ${i} * lda;`) : '  let p = a;\n';
  const ahead = isRows ? names.map((name) => `${name} += 4;`).join(' ') : 'p += lda;';
  return `function ${kind}Loop${rows}x${width}(${LOOP}): void {
  const bytes = (<usize>k) << ${width === 8 ? 5 : 4};
  for (; rows >= ${rows}; rows -= ${rows}) {
${start(tile)}  from += fromStride;
${pointers}  let b = panel; const end = b + bytes;
  while (b < end) {
${turn(tile, numbers)}    ${ahead} b += ${width * BYTES};
  }
${finish(tile)}  c += ldc;
  a += ${isRows ? `${rows} * lda` : 'step'};
  }
  if (rows > 0) ${kind}x${width}(rows, k, a, lda, panel, c, ldc, from, fromStride);
}
`;
}

/** The loop over tiles of the height that this build's registers hold. */
function loops(kind: 'rows' | 'columns', width: number): string {
  const names = LOOP.replaceAll(/: \w+/g, '');
  const summary = kind === 'rows' ? 'A row by row' : 'A stored [k][m]';
  return `${[HEIGHTS.fused, HEIGHTS.plain].map((rows) => loopOf(kind, { rows, width })).join('\n')}
/** All rows of C = start + op(A)·B, ${summary}, one packed panel of ${width} columns; strides in bytes. */
export function ${kind}Panelx${width}(${LOOP}): void {
  if (ASC_FEATURE_RELAXED_SIMD) ${kind}Loop${HEIGHTS.fused}x${width}(${names});
  else ${kind}Loop${HEIGHTS.plain}x${width}(${names});
}
`;
}

const MATRIX = 'k: i32, a: usize, lda: usize, b: usize, c: usize, ldc: usize, from: usize, fromStride: usize';
const LOOP =
  'rows: i32, k: i32, a: usize, lda: usize, step: usize, panel: usize, c: usize, ldc: usize, from: usize, fromStride: usize';

/** One function for all heights of a kind. */
function chooser(kind: string, width: number, parameters: string, summary: string): string {
  const names = parameters.replaceAll(/: \w+/g, '');
  const cases = lines(TALLEST, (i) => `    case ${i + 1}: ${kind}${i + 1}x${width}(${names}); break;`);
  return `/** ${summary} ${width} columns, strides in bytes. */
export function ${kind}x${width}(height: i32, ${parameters}): void {
  switch (height) {
${cases}  }
}
`;
}

export interface Kind {
  readonly name: string;
  readonly parameters: string;
  readonly summary: string;
  readonly text: (tile: Tile) => string;
}

const KINDS: readonly Kind[] = [
  { name: 'rows', parameters: MATRIX, summary: 'C = start + A·B, A row by row, B packed;', text: rowTile },
  { name: 'columns', parameters: MATRIX, summary: 'C = start + Aᵀ·B, A stored [k][m], B packed;', text: columnTile },
];

/** The text of a file with all tiles of these kinds. */
export function tilesOf(kinds: readonly Kind[], head: string): string {
  const parts = kinds.flatMap(({ name, parameters, summary, text }) =>
    WIDTHS.flatMap((width) => [
      ...upTo(TALLEST).map((i) => text({ rows: i + 1, width })),
      chooser(name, width, parameters, summary),
      ...(name === 'rows' || name === 'columns' ? [loops(name, width)] : []),
    ]),
  );
  return `/** ${head} */\nimport { Vec } from '../vec';\n\n${parts.join('\n')}`;
}

/** The text of assembly/generated/tiles.ts. */
export function tileSource(): string {
  return tilesOf(KINDS, 'Register tiles of products; written by ../../tiles.ts.');
}
