/** Joins ops that one kernel does in one pass. The results are the same; what lay between is never written down. */
import { present } from '../../lib/assert.ts';
import { numbersOf } from '../../ops/rules.ts';
import type { Attributes } from '../../ops/define.ts';
import { sectionNames, type Program, type ProgramOp, type ProgramValue, type SectionName } from '../program.ts';
import { isImageBatch, matrixForm, type Form } from './form.ts';
import { activationKinds, lossKinds } from './opcodes.ts';

/** True when a pool has windows of 2×2, side by side from the first pixel on. */
export function areTwoByTwo(attributes: Attributes): boolean {
  const isTwo = (name: string) => numbersOf(attributes, name).every((length) => length === 2);
  return isTwo('kernel') && isTwo('stride') && attributes['padding'] === 'valid';
}

/** Ids of fused ops, beside those of plain ones. */
export const fusedIds = {
  /** matmul, add_bias, activation: (x, w[, b]) -> y. */
  dense: 'fused_dense',
  /** conv2d, add_bias, activation: (x, w[, b]) -> y. */
  conv: 'fused_conv',
  /** Both gradients of a convolution: (x, w, g) -> (dx, dw). */
  convGradients: 'fused_conv_gradients',
  /** The gradient of a weight and the optimizer's step along it: (a, b, w, g, slots…) -> (g). */
  descent: 'fused_descent',
  /** Row loss, its weighted mean, and the gradient: (o, t, weights) -> (loss of rows, g of rows, do, mean[, sum]). */
  batchLoss: 'fused_batch_loss',
  /** Gradient of a max pool of 2×2 and of the relu before it: (x, g) -> (dx[, sum]). */
  poolSlope: 'fused_pool_slope',
  /** Activation gradient and its sum over rows: (saved, g) -> (dx, sum). */
  slopeAndSum: 'fused_slope_and_sum',
} as const;

interface Fused {
  readonly program: Program;
  readonly forms: readonly Form[];
}

/** What loops over time keep: how wide, in units of the layer, and which input is as wide as the layer (−1: the first output). */
const ROOMS: Readonly<Record<string, { readonly like: number; readonly widths: readonly number[] } | undefined>> = {
  gru: { like: -1, widths: [3] },
  gru_gradient: { like: 1, widths: [1, 1] },
  lstm_gradient: { like: 1, widths: [1, 1] },
  simple_rnn_gradient: { like: 0, widths: [1] },
};

const DROPPED = 'dropped';

/** Ops by the value that is one certain input of theirs. */
type Readers = ReadonlyMap<number, readonly { readonly op: ProgramOp; readonly index: number }[]>;

function readersByInput(ops: readonly ProgramOp[], input: number): Readers {
  const readers = new Map<number, { op: ProgramOp; index: number }[]>();
  for (const [index, op] of ops.entries()) {
    const value = op.inputs[input];
    if (value === undefined) continue;
    const known = readers.get(value);
    if (known === undefined) readers.set(value, [{ op, index }]);
    else known.push({ op, index });
  }
  return readers;
}

/** Number of an activation, −1 for another op. */
function kindOf({ id }: ProgramOp): number {
  return (activationKinds as readonly string[]).indexOf(id);
}

/** True when two ops slide the same windows. */
function sameWindow(a: ProgramOp, b: ProgramOp): boolean {
  return ['kernel', 'stride', 'padding'].every((name) => String(a.attributes[name]) === String(b.attributes[name]));
}

function isBiasOf(op: ProgramOp, next: ProgramOp): boolean {
  return next.id === 'add_bias' && next.attributes['axis'] === (op.id === 'conv2d' ? 'first' : 'last');
}

type Sections = Record<SectionName, ProgramOp[]>;

/** @param forms by value; new values are added at the end */
export function fuse(program: Program, forms: readonly Form[]): Fused {
  const state = new Fusion(program, forms);
  for (const name of ['forward', 'predict'] as const) state.joinLayers(name);
  state.joinLoss();
  state.joinSlopes();
  state.joinPoolSlopes();
  state.joinConvGradients();
  state.addRooms();
  return state.result();
}

class Fusion {
  private readonly program: Program;
  private readonly values: ProgramValue[];
  private readonly forms: Form[];
  private readonly sections: Sections;
  /** How often each value is read, in all sections. */
  private readonly reads: number[];

  constructor(program: Program, forms: readonly Form[]) {
    this.program = program;
    this.values = [...program.values];
    this.forms = [...forms];
    this.sections = Object.fromEntries(sectionNames.map((name) => [name, [...program.sections[name]]])) as Sections; // one entry a name
    this.reads = program.values.map(() => 0);
    for (const name of sectionNames) {
      for (const { inputs } of this.sections[name]) {
        for (const value of inputs) this.reads[value] = (this.reads[value] ?? 0) + 1;
      }
    }
  }

  result(): Fused {
    return { program: { ...this.program, values: this.values, sections: this.sections }, forms: this.forms };
  }

  /** Products and convolutions take their bias and their activation along. */
  joinLayers(name: SectionName): void {
    const ops = this.sections[name];
    const readers = readersByInput(ops, 0);
    for (const [index, op] of ops.entries()) {
      const kernel = { matmul: fusedIds.dense, conv2d: fusedIds.conv }[op.id];
      if (kernel === undefined || op.attributes['transposeA'] === true) continue;
      const bias = this.onlyReader(readers, op, (next) => isBiasOf(op, next));
      const last = bias === null ? op : present(ops[bias], 'bias');
      const activation = this.onlyReader(readers, last, (next) => kindOf(next) >= 0);
      const at = activation ?? bias;
      if (at === null) continue;
      const end = present(ops[at], 'last op');
      const { alpha = 0 } = end.attributes;
      const attributes = { ...op.attributes, activation: Math.max(kindOf(end), 0), alpha };
      const inputs = bias === null ? op.inputs : [...op.inputs, ...last.inputs.slice(1)];
      for (const gone of [index, bias]) if (gone !== null) ops[gone] = { ...op, id: DROPPED };
      ops[at] = { id: kernel, inputs, outputs: end.outputs, attributes, node: op.node };
    }
    this.sections[name] = ops.filter(({ id }) => id !== DROPPED);
  }

  /** Loss, mean and gradient of a batch in one pass over the outputs. */
  joinLoss(): void {
    const { training } = this.program;
    const { forward, backward } = this.sections;
    if (training === null) return;
    const loss = forward.find(({ id }) => (lossKinds as readonly string[]).includes(id));
    const mean = forward.find(({ id }) => id === 'weighted_mean');
    const share = backward.find(({ id }) => id === 'weighted_mean_gradient');
    const slope = backward.find(({ id }) => id === `${loss?.id ?? ''}_gradient`);
    if (loss === undefined || mean === undefined || share === undefined || slope === undefined) return;
    const sum = forward.find(({ id }) => id === 'times_rows');
    const seeds = backward.filter(
      ({ id, outputs }) => (id === 'fill' || id === 'times_rows') && this.leadsTo(backward, outputs, share),
    );
    const rows = present(loss.outputs[0], 'row losses');
    const isPlain =
      mean.inputs[0] === rows &&
      slope.inputs[0] === loss.inputs[0] &&
      slope.inputs[2] === share.outputs[0] &&
      this.readsOf(rows) === 1 &&
      this.readsOf(share.outputs[0]) === 1 &&
      seeds.length === (sum === undefined ? 1 : 2) &&
      (sum === undefined || sum.inputs[0] === mean.outputs[0]);
    if (!isPlain) return;
    const joined: ProgramOp = {
      id: fusedIds.batchLoss,
      inputs: [...loss.inputs, ...mean.inputs.slice(1)],
      outputs: [rows, ...share.outputs, ...slope.outputs, ...mean.outputs, ...(sum?.outputs ?? [])],
      attributes: { ...loss.attributes, loss: loss.id },
      node: loss.node,
    };
    this.sections.forward = [...forward.filter((op) => op !== loss && op !== mean && op !== sum), joined];
    const gone = new Set([...seeds, share, slope]);
    this.sections.backward = backward.filter((op) => !gone.has(op));
  }

  /** The gradient of a bias is the sum of what the activation's gradient has just written. */
  joinSlopes(): void {
    const ops = this.sections.backward;
    const slopes = activationKinds.map((kind) => `${kind}_gradient`);
    const readers = readersByInput(ops, 0);
    for (const [i, op] of ops.entries()) {
      if (!slopes.includes(op.id)) continue;
      const sums = readers.get(present(op.outputs[0], 'slope')) ?? [];
      const found = sums.find(({ op: other }) => other.id === 'channel_sum' && this.sumsRuns(other));
      if (found === undefined) continue;
      const { op: sum, index: at } = found;
      ops[i] = {
        id: fusedIds.slopeAndSum,
        inputs: op.inputs,
        outputs: [...op.outputs, ...sum.outputs],
        attributes: { ...op.attributes, slope: op.id },
        node: op.node,
      };
      ops[at] = { ...sum, id: DROPPED };
    }
    this.sections.backward = ops.filter(({ id }) => id !== DROPPED);
  }

  /** A pool of 2×2 after a relu: one pass back through both. */
  joinPoolSlopes(): void {
    const ops = this.sections.backward;
    const readers = readersByInput(ops, 1);
    for (const [index, op] of ops.entries()) {
      if (op.id !== 'max_pool2d_gradient' || !areTwoByTwo(op.attributes)) continue;
      const [x, slope] = [present(op.inputs[0], 'image'), present(op.outputs[0], 'slope')];
      const reader = readers.get(slope)?.[0];
      const isRelu = reader !== undefined && (reader.op.attributes['slope'] ?? reader.op.id) === 'relu_gradient';
      if (!isRelu || reader.op.inputs[0] !== x || this.readsOf(slope) !== 1) continue;
      if (!isImageBatch(true, present(this.forms[x], 'form'))) continue;
      ops[reader.index] = { ...op, id: fusedIds.poolSlope, outputs: reader.op.outputs };
      ops[index] = { ...op, id: DROPPED };
    }
    this.sections.backward = ops.filter(({ id }) => id !== DROPPED);
  }

  /** Both gradients of a convolution go through the same gradient of its maps. */
  joinConvGradients(): void {
    const ops = this.sections.backward;
    const readers = readersByInput(ops, 0);
    for (const [index, op] of ops.entries()) {
      if (op.id !== 'conv2d_weight_gradient') continue;
      const [x, g] = [present(op.inputs[0], 'image'), present(op.inputs[1], 'gradient')];
      const other = readers.get(g)?.find(({ op: next }) => next.id === 'conv2d_input_gradient' && sameWindow(next, op));
      if (other === undefined) continue;
      const w = present(other.op.inputs[1], 'filters');
      const [first, last] = [Math.min(index, other.index), Math.max(index, other.index)];
      const outputs = [...other.op.outputs, ...op.outputs];
      ops[first] = {
        id: fusedIds.convGradients,
        inputs: [x, w, g],
        outputs,
        attributes: other.op.attributes,
        node: op.node,
      };
      ops[last] = { ...op, id: DROPPED };
    }
    this.sections.backward = ops.filter(({ id }) => id !== DROPPED);
  }

  /** Loops over time keep numbers of their own between two moments: values that nobody else reads. */
  addRooms(): void {
    for (const name of sectionNames) {
      this.sections[name] = this.sections[name].map((op) => {
        const rooms = ROOMS[op.id];
        if (rooms === undefined) return op;
        const [, units = 1] = present(
          this.values[present(op.inputs[rooms.like] ?? op.outputs[0], 'hidden')],
          'value',
        ).shape;
        const added = rooms.widths.map((width) => this.addValue([width * units]));
        return { ...op, outputs: [...op.outputs, ...added] };
      });
    }
  }

  private addValue(shape: readonly number[]): number {
    this.values.push({ shape, batched: true, role: 'transient' });
    this.forms.push(matrixForm(shape, true));
    return this.values.length - 1;
  }

  /** True when the channels are the runs of the value's form. */
  private sumsRuns({ inputs, attributes }: ProgramOp): boolean {
    const form = present(this.forms[present(inputs[0], 'summed')], 'form');
    return attributes['axis'] === 'first' ? form.kind === 'image' : form.kind === 'matrix';
  }

  /** Place of the op that alone reads what `op` makes, where it is one that `fits`. */
  private onlyReader(readers: Readers, { outputs }: ProgramOp, fits: (next: ProgramOp) => boolean): number | null {
    const [value] = outputs;
    if (value === undefined || this.readsOf(value) !== 1 || this.values[value]?.role !== 'transient') return null;
    const reader = readers.get(value)?.[0];
    return reader !== undefined && fits(reader.op) ? reader.index : null;
  }

  private readsOf(value: number | undefined): number {
    return value === undefined ? 0 : (this.reads[value] ?? 0);
  }

  /** True when `values` are read on the way to `end` and nowhere else. */
  private leadsTo(ops: readonly ProgramOp[], values: readonly number[], end: ProgramOp): boolean {
    return values.every((value) => {
      const readers = ops.filter(({ inputs }) => inputs.includes(value));
      return (
        readers.length === 1 &&
        readers.every(
          (reader) => reader === end || (reader.id === 'times_rows' && this.leadsTo(ops, reader.outputs, end)),
        )
      );
    });
  }
}
