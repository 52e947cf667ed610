/** Export format `onnx`: the evaluation program, op by op, as an ONNX model that any runtime loads. */
import { lower } from '../../compile/lower.ts';
import type { Program, ProgramOp, ProgramValue } from '../../kernels/program.ts';
import { assert, present } from '../../lib/assert.ts';
import { AppError } from '../../lib/errors.ts';
import { ownEntry } from '../../lib/fields-check.ts';
import type { ExportOptions, FormatDefinition, TrainedNetwork } from '../define.ts';
import { refuseNonFinite } from '../finite.ts';
import type { Pieces } from '../pieces.ts';
import { jsonText } from '../weights-write.ts';
import { elementwise } from './elementwise.ts';
import { Emitter, type Translation } from './emitter.ts';
import { norms } from './norms.ts';
import { products } from './products.ts';
import { modelPieces } from './proto.ts';
import { recurrent } from './recurrent.ts';
import { shapes } from './shapes.ts';

/** 17 is read by every runtime of the last years; nothing newer is needed. */
const OPSET = 17;
const IR_VERSION = 8;

const translations: Readonly<Record<string, Translation>> = {
  ...elementwise,
  ...norms,
  ...products,
  ...recurrent,
  ...shapes,
};

/**
 * Input `input` [N, …input shape], output `output` [N, …output shape], N free. Inputs are what enters the input node, after
 * features and standardisation; how raw rows become that stands in the model's metadata under `netloom.data`.
 */
export const onnx: FormatDefinition = {
  label: 'ONNX',
  summary: 'The network as an ONNX model (opset 17) for onnxruntime and other programs.',
  extension: '.onnx',
  write: writeOnnx,
};

function* writeOnnx(network: TrainedNetwork, options: ExportOptions): Pieces {
  const { graph, data, tensors } = network;
  yield* refuseNonFinite(network, options);
  const program = lower({ graph, noise: false });
  const emit = new Emitter();
  const names = new Map<number, string>([[program.input, 'input']]);
  for (const { key, value } of program.parameters) {
    const { shape, data: numbers } = present(tensors.get(key), `tensor ${key}`);
    names.set(value, emit.named(key, shape, numbers));
  }
  for (const op of program.sections.predict) {
    names.set(present(op.outputs[0], 'output'), translate({ op, program, names, emit, network }));
    yield;
  }
  const result = present(names.get(program.prediction), 'the prediction');
  emit.nodes.push({ type: 'Identity', name: 'result', inputs: [result], outputs: ['output'], attributes: {} });
  const portOf = (name: string, value: number) => ({ name, dims: valueOf(program, value).shape });
  const model = {
    opset: OPSET,
    irVersion: IR_VERSION,
    name: 'netloom',
    nodes: emit.nodes,
    tensors: emit.usedTensors(),
    input: portOf('input', program.input),
    output: portOf('output', program.prediction),
    metadata: { 'netloom.data': jsonText(data) },
  };
  yield* modelPieces(model, options.onNumbers);
}

interface OpToTranslate {
  readonly op: ProgramOp;
  readonly program: Program;
  readonly names: ReadonlyMap<number, string>;
  readonly emit: Emitter;
  readonly network: TrainedNetwork;
}

/** Outputs after the first are for gradients; the evaluation program reads none of them. */
function translate({ op, program, names, emit, network }: OpToTranslate): string {
  const translation = ownEntry(translations, op.id);
  if (translation === undefined) throw new AppError('export.op', { op: op.id, format: 'ONNX' });
  return translation({
    attributes: op.attributes,
    inputs: op.inputs.map((value) => valueOf(program, value)),
    outputs: op.outputs.map((value) => valueOf(program, value)),
    names: op.inputs.map((value) => present(names.get(value), `value ${value}`)),
    emit,
    read: (input) => {
      const { key } = valueOf(program, present(op.inputs[input], 'input'));
      assert(key !== undefined, `input ${input} of ${op.id} is a tensor of weights`);
      return present(network.tensors.get(key), key).data;
    },
  });
}

function valueOf(program: Program, value: number): ProgramValue {
  return present(program.values[value], `value ${value}`);
}
