/** Export format `pytorch`: a folder that goes on without Netloom: the network, its weights, its rows and a training script. */
import type { DataPart, LoadedData } from '../../datasets/define.ts';
import type { TrainingSpec } from '../../graph/model.ts';
import type { Json } from '../../lib/json.ts';
import { rowWeights, weightsByClass } from '../../trainer/class-weights.ts';
import { sizeOf, type Shape } from '../../tensor/shape.ts';
import type { FolderDefinition, TrainedNetwork, WeightsTensor } from '../define.ts';
import { safetensors } from '../safetensors.ts';
import { jsonText } from '../weights-write.ts';
import { modelScript } from './model-script.ts';
import { trainScript } from './train-script.ts';

/** model.py, train.py, project.json, weights.safetensors, and data.safetensors where there are rows. */
export const pytorch: FolderDefinition = {
  label: 'PyTorch',
  summary: 'A folder with the network as a torch module, its weights, its rows and a script that goes on training.',
  write: (network, { allowNonFinite, rows }) => {
    const { graph, training, data } = network;
    const files = new Map([
      ['model.py', textBytes(modelScript(graph))],
      ['train.py', textBytes(trainScript)],
      ['project.json', textBytes(`${jsonText({ graph: graphJson(graph), data, training })}\n`)],
      ['weights.safetensors', safetensors.write(network, { allowNonFinite })],
    ]);
    if (rows !== null) files.set('data.safetensors', rowsFile(network, rows));
    return files;
  },
};

/** Without what is not there, as JSON wants it. */
function graphJson(graph: TrainedNetwork['graph']): Json {
  return JSON.parse(JSON.stringify(graph)) as Json; // a graph is JSON by its type
}

function textBytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
}

/** Rows as they enter the network and what its outputs are held to; weights of rows are those of their classes. */
function rowsFile(network: TrainedNetwork, { training, validation, ...rest }: LoadedData): Uint8Array<ArrayBuffer> {
  const input = network.graph.nodes.find(({ type }) => type === 'input')?.params['shape'] as Shape; // graphs here were checked
  const weights = weightsByClass(rest, network.training as TrainingSpec);
  const tensors = new Map<string, WeightsTensor>();
  const add = (name: string, part: DataPart) => {
    const shapeOf = (values: Float64Array, shape: Shape) => {
      const fits = sizeOf(shape) * part.count === values.length;
      return [part.count, ...(fits ? shape : [values.length / part.count])];
    };
    const put = (key: string, shape: Shape, values: Float64Array) =>
      tensors.set(`${name}_${key}`, { shape, data: Float32Array.from(values) });
    put('inputs', shapeOf(part.inputs, input), part.inputs);
    put('targets', [part.count, part.targets.length / part.count], part.targets);
    put('weights', [part.count], rowWeights(part, weights) ?? new Float64Array(part.count).fill(1));
  };
  add('train', training);
  if (validation !== null) add('val', validation);
  return safetensors.write({ ...network, tensors }, { allowNonFinite: true });
}
