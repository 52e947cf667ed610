/** Writes the micro-kernels of the matrix product as AssemblyScript: register tiles are the same few lines, repeated. */

/** Rows of the tallest tile: 6×2 accumulators, 2 vectors of B and 1 of A fill V8's 15 registers; without fused multiply-add a product needs one more. */
const TALLEST = 6;
const WIDTHS = [8, 4];
const LANES = 4;
const BYTES = 4;

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const lines = (count: number, line: (i: number) => string): string =>
  upTo(count)
    .map((i) => `${line(i)}\n`)
    .join('');

interface Tile {
  readonly rows: number;
  readonly width: number;
}

/** Loads every accumulator from its start: a bias (stride 0), zeros (stride 0) or the matrix itself. */
function start({ rows, width }: Tile): string {
  return lines(rows, (i) => {
    const loads = upTo(width / LANES).map((j) => `let c${i}_${j} = v128.load(from, ${j * LANES * BYTES});`);
    return `  ${loads.join(' ')}${i + 1 < rows ? ' from += fromStride;' : ''}`;
  });
}

/** One turn along K: a row of B against one number of each row of A. */
function turn({ rows, width }: Tile, a: (i: number) => string): string {
  const vectors = upTo(width / LANES);
  const loads = lines(vectors.length, (j) => `    const b${j} = v128.load(b, ${j * LANES * BYTES});`);
  const products = lines(rows, (i) => {
    const sums = vectors.map((j) => `c${i}_${j} = Vec.madd(a${i}, b${j}, c${i}_${j});`);
    return `    const a${i} = v128.load32_splat(${a(i)}); ${sums.join(' ')}`;
  });
  return loads + products;
}

function finish({ rows, width }: Tile): string {
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

function chooser(kind: string, width: number): string {
  const cases = lines(
    TALLEST,
    (i) => `    case ${i + 1}: ${kind}${i + 1}x${width}(k, a, lda, b, c, ldc, from, fromStride); break;`,
  );
  return `/** A tile of \`height\` rows and ${width} columns: C = start + A·B over k; all strides in bytes, B packed ${width} wide. */
export function ${kind}x${width}(height: i32, k: i32, a: usize, lda: usize, b: usize, c: usize, ldc: usize, from: usize, fromStride: usize): void {
  switch (height) {
${cases}  }
}
`;
}

/** The text of assembly/generated/tiles.ts. */
export function tileSource(): string {
  const parts = WIDTHS.flatMap((width) => [
    ...upTo(TALLEST).flatMap((i) => [rowTile({ rows: i + 1, width }), columnTile({ rows: i + 1, width })]),
    chooser('rows', width),
    chooser('columns', width),
  ]);
  return `/** Register tiles of the matrix product; written by ../../tiles.ts. */\nimport { Vec } from '../vec';\n\n${parts.join('\n')}`;
}
