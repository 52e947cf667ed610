/** Matrix products: dense layers forward, and both of their gradients. */
import { assert, present } from '../../../lib/assert.ts';
import { numberOf } from '../../../ops/rules.ts';
import { headOf } from '../opcodes.ts';
import { BYTES, float, type EncodeCall, type Encoder, type Place, type Word } from './define.ts';
import { input, matrixView, output, padded } from './operands.ts';
import { stepWords } from './updates.ts';

/** Floats of a packed panel, and the longest stretch of a packed transposed factor: as in assembly/gemm.ts. */
const PANEL = 8192;
const STRETCH = 512;
/** Floats of a packed left factor: 264 rows of the longest stretch, what a second cache of 1 MiB holds. */
const MOST_PACKED = 264 * 1024;
/** A transposed left factor is packed whole, up to so many columns. */
const MOST_COLUMNS = 2048;
const TALLEST = 6;
/** A product with shorter sides is not packed. */
const LEAST_SIDE = 64;

/** Asks for scratch where packing a left factor of so many floats may pay, and answers with the floats that may be packed. */
function roomFor({ target }: EncodeCall, floats: number): number {
  target.needScratch(PANEL + floats);
  return floats;
}

/** Bytes from one group of eight columns to the next where a matrix lies row by row. */
const ROW_MAJOR = 32;

/** Bytes from panel to panel of a weight. */
const panelBytes = ({ form }: Place): number => (form.panel === undefined ? ROW_MAJOR : form.panel * BYTES);

/** The right factor in memory: K × N, or N × K where it has to be read transposed. */
function rightFactor(place: Place, transposeB: boolean) {
  const { form } = place;
  assert(form.kind === 'transposed' || form.kind === 'matrix', 'the right factor is a matrix');
  // Stored rows × columns; a dense weight is stored the other way round than it is named.
  const [rows, columns] = [form.outer, form.n];
  const isTransposed = transposeB !== (form.kind === 'transposed');
  return {
    isTransposed,
    k: isTransposed ? columns : rows,
    n: isTransposed ? rows : columns,
    stride: form.pitch * BYTES,
    panel: panelBytes(place),
  };
}

/** y = x·w (+ bias, activation). */
export const rowProduct = (call: EncodeCall, bias: Place | null): void => {
  const [x, w, y] = [input(call, 0), input(call, 1), output(call)];
  const [left, out] = [matrixView(x), matrixView(y)];
  const right = rightFactor(w, call.attributes['transposeB'] === true);
  assert(right.k === left.n && right.n === out.n, 'factors fit');
  const n = padded(right.n);
  const { activation = 0, alpha = 0 } = call.attributes;
  const room = Math.min(n, left.n) < LEAST_SIDE ? 0 : MOST_PACKED;
  call.target.emit(
    'gemm',
    ...left.rows,
    n,
    left.n,
    Number(right.isTransposed),
    x.address,
    left.stride,
    w.address,
    right.stride,
    right.panel,
    y.address,
    out.stride,
    bias === null ? call.target.zeros(n) : bias.address,
    0,
    Number(activation),
    float(Number(alpha)),
    roomFor(call, room),
    Number(right.n === 1 && out.stride === padded(1) * BYTES),
  );
};

/** w = aᵀ·b over all rows of the batch, written the way round in which it is stored; `step`: what is done to its panels. */
function columnProduct(call: EncodeCall, step: readonly Word[] = []): void {
  const [a, b, y] = [input(call, 0), input(call, 1), output(call)];
  const isSwapped = y.form.kind === 'transposed';
  const [left, right] = isSwapped ? [b, a] : [a, b];
  const [rows, columns] = [matrixView(left), matrixView(right)];
  const n = padded(columns.n);
  const room = rows.n > MOST_COLUMNS ? 0 : Math.ceil(rows.n / TALLEST) * TALLEST * STRETCH;
  call.target.emit(
    'gemmColumns',
    ...rows.rows,
    rows.n,
    n,
    left.address,
    rows.stride,
    right.address,
    columns.stride,
    y.address,
    y.form.pitch * BYTES,
    panelBytes(y),
    call.target.zeros(n),
    roomFor(call, room),
    ...step,
  );
}

export const matmul: Encoder = (call) => {
  if (call.attributes['transposeA'] === true) columnProduct(call);
  else rowProduct(call, null);
};

/** A weight's gradient and the optimizer's step along it, panel by panel. */
export const descent: Encoder = (call) => {
  const id = String(call.attributes['update']);
  const [opcode, ...words] = present(stepWords[id], `step of ${id}`)({ ...call, inputs: call.inputs.slice(2) });
  columnProduct(call, [headOf(opcode, words.length), ...words]);
};

export const fusedDense: Encoder = (call) => {
  assert(numberOf(call.attributes, 'activation') >= 0, 'an activation by number');
  rowProduct(call, call.inputs[2] ?? null);
};
