/** Export format `pytorch`: a folder that goes on without Netloom: the network, its weights, its rows and a training script. */
import type { DataPart, LoadedData } from '../../datasets/define.ts';
import type { TrainingSpec } from '../../graph/model.ts';
import type { Json } from '../../lib/json.ts';
import type { Turns } from '../../lib/turns.ts';
import { rowWeights, weightsByClass } from '../../trainer/class-weights.ts';
import { sizeOf, type Shape } from '../../tensor/shape.ts';
import type { ExportOptions, FolderDefinition, TrainedNetwork, WeightsTensor } from '../define.ts';
import { asFloat32 } from '../export-run.ts';
import { encoded, type Pieces } from '../pieces.ts';
import { safetensors } from '../safetensors.ts';
import { jsonText } from '../weights-write.ts';
import { modelScript } from './model-script.ts';
import { trainScript } from './train-script.ts';

/** model.py, train.py, project.json, weights.safetensors, and data.safetensors where there are rows. */
export const pytorch: FolderDefinition = {
  label: 'PyTorch',
  summary: 'A folder with the network as a torch module, its weights, its rows and a script that goes on training.',
  write: (network, { rows, ...options }) => {
    const { graph, training, data } = network;
    const text = (content: string) => encoded([content]);
    return [
      { name: 'model.py', pieces: text(modelScript(graph)) },
      { name: 'train.py', pieces: text(trainScript) },
      { name: 'project.json', pieces: text(`${jsonText({ graph: graphJson(graph), data, training })}\n`) },
      { name: 'weights.safetensors', pieces: safetensors.write(network, options) },
      ...(rows === null ? [] : [{ name: 'data.safetensors', pieces: rowsPieces(network, rows, options) }]),
    ];
  },
};

/** Without what is not there, as JSON wants it. */
function graphJson(graph: TrainedNetwork['graph']): Json {
  return JSON.parse(JSON.stringify(graph)) as Json; // a graph is JSON by its type
}

/** Rows as they enter the network and what its outputs are held to; weights of rows are those of their classes. */
function* rowsPieces(network: TrainedNetwork, loaded: LoadedData, options: ExportOptions): Pieces {
  const { training, validation, ...rest } = loaded;
  const input = network.graph.nodes.find(({ type }) => type === 'input')?.params['shape'] as Shape; // graphs here were checked
  const weights = weightsByClass(rest, network.training as TrainingSpec);
  const tensors = new Map<string, WeightsTensor>();
  const add = function* (name: string, part: DataPart): Turns<void> {
    const shapeOf = (values: Float64Array, shape: Shape) => {
      const fits = sizeOf(shape) * part.count === values.length;
      return [part.count, ...(fits ? shape : [values.length / part.count])];
    };
    const put = function* (key: string, shape: Shape, values: Float64Array): Turns<void> {
      tensors.set(`${name}_${key}`, { shape, data: yield* asFloat32(values) });
    };
    yield* put('inputs', shapeOf(part.inputs, input), part.inputs);
    yield* put('targets', [part.count, part.targets.length / part.count], part.targets);
    yield* put('weights', [part.count], rowWeights(part, weights) ?? new Float64Array(part.count).fill(1));
  };
  yield* add('train', training);
  if (validation !== null) yield* add('val', validation);
  yield* safetensors.write({ ...network, tensors }, { ...options, allowNonFinite: true });
}
