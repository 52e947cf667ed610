/** Checks that the network's ends fit the data, and its last activation the loss. */
import { pictureShape } from '../datasets/images/pixel-names.ts';
import { ownEntry } from '../lib/fields-check.ts';
import { findLayer } from '../layers/registry.ts';
import { findLoss, lossId } from '../losses/registry.ts';
import type { LossDefinition } from '../losses/define.ts';
import { formatShape, sizeOf, type Shape } from '../tensor/shape.ts';
import type { Fix } from './define.ts';
import type { KnownFacts } from './facts.ts';
import { insertBeforeFix, setParamFix, setTrainingFix } from './fixes.ts';
import { headOf, outputShapeOf, type Head, type Network } from './network.ts';
import type { ProblemList } from './problems.ts';

/** What usually belongs to a task. */
const USUAL_LOSS = {
  regression: 'mean_squared_error',
  binary: 'binary_cross_entropy',
  multiclass: 'cross_entropy',
} as const;
/** Activations whose outputs a regression rarely stays in. */
const BOUNDED = ['sigmoid', 'softmax'];

export function checkHead(network: Network, facts: KnownFacts, problems: ProblemList): void {
  checkInputSize(network, facts, problems);
  const head = headOf(network);
  if (head === undefined) return;
  checkOutputSize(network, head, facts, problems);
  const { training } = network.document;
  const id = lossId(training.loss);
  const loss = findLoss(id);
  if (loss === undefined || training.method === 'perceptron') return;
  checkLoss(id, loss, facts, problems);
  checkActivation(network, head, facts, problems);
}

function checkInputSize(network: Network, { inputSize, inputNames }: KnownFacts, problems: ProblemList): void {
  const input = [...network.nodes.values()].find(({ type }) => type === 'input');
  const shape = input && network.shapes.get(input.id)?.summary?.output.shape;
  if (input === undefined || shape === undefined || inputSize === undefined || sizeOf(shape) === inputSize) return;
  const names = inputNames === undefined ? `${inputSize} columns` : inputNames.join(', ');
  const detail = { inputs: inputSize, names, size: sizeOf(shape), shape: formatShape(shape) };
  const wanted = wantedShape(shape, inputSize, inputNames);
  const fix = wanted && setParamFix(input.id, 'shape', wanted);
  problems.error('data.input_size', detail, { node: input.id, path: `${input.id}.shape`, fix });
}

/** A list for layers that take lists, pictures for those that take pictures; undefined where that cannot be told. */
function wantedShape(shape: Shape, size: number, names: readonly string[] | undefined): readonly number[] | undefined {
  if (shape.length === 1) return [size];
  const picture = names === undefined ? null : pictureShape(names);
  return picture === null || shape.length !== 3 ? undefined : [picture.channels, picture.height, picture.width];
}

function checkOutputSize(network: Network, head: Head, facts: KnownFacts, problems: ProblemList): void {
  const shape = outputShapeOf(network);
  const wanted = wantedOutputs(facts);
  if (shape === undefined || wanted === undefined || sizeOf(shape) === wanted.count) return;
  const { sized } = head;
  const fix = sized && sizeFix(sized.id, shape, wanted.count);
  const node = sized?.id ?? head.node.id;
  const detail = { node, expected: wanted.count, reason: wanted.reason, found: sizeOf(shape) };
  problems.error('head.units', detail, { node, path: sized && `${node}.units`, fix });
}

/** A layer that works along the last axis of several gives one value per unit only behind a flatten layer. */
function sizeFix(id: string, shape: Shape, count: number): Fix {
  return shape.length === 1 ? setParamFix(id, 'units', count) : insertBeforeFix(id, 'flatten');
}

function wantedOutputs({ task, classCount, targetSize }: KnownFacts): { count: number; reason: string } | undefined {
  switch (task) {
    case 'binary':
      return { count: 1, reason: 'one for two classes' };
    case 'multiclass':
      return classCount === undefined || classCount < 2 ? undefined : { count: classCount, reason: 'one per class' };
    case 'regression':
      return targetSize === undefined ? undefined : { count: targetSize, reason: 'one per target column' };
    case undefined:
      return undefined;
  }
}

function checkLoss(id: string, loss: LossDefinition, facts: KnownFacts, problems: ProblemList): void {
  const { task } = facts;
  if (task === undefined || (loss.fusesWith === 'sigmoid' && hasProbabilities(facts))) return;
  const isUsual =
    task === 'regression' ? loss.tasks.includes(task) : loss.tasks[0] !== 'regression' && loss.tasks.includes(task);
  if (isUsual) return;
  const usual = USUAL_LOSS[task];
  const fix = setTrainingFix('loss', usual);
  if (task === 'regression' && loss.fusesWith !== undefined && facts.targetRange !== undefined) {
    const [least, most] = facts.targetRange;
    problems.error('training.loss_range', { loss: id, least, most, usual }, { path: 'training.loss', fix });
    return;
  }
  problems.warning('training.loss_for_task', { loss: id, task, usual }, { path: 'training.loss', fix });
}

/** Regression targets that a sigmoid can reach, as those of an autoencoder of pixels. */
function hasProbabilities({ task, targetRange }: KnownFacts): boolean {
  return task === 'regression' && targetRange !== undefined && targetRange[0] >= 0 && targetRange[1] <= 1;
}

function checkActivation(network: Network, head: Head, facts: KnownFacts, problems: ProblemList): void {
  const loss = lossId(network.document.training.loss);
  const { node, activation } = head;
  const place = (usual: string) => ({ node: node.id, path: `${node.id}.${head.key}`, fix: activationFix(head, usual) });
  const width = outputShapeOf(network)?.at(-1);
  if (activation === 'softmax' && width === 1) {
    problems.warning('head.softmax_one_unit', { node: node.id }, place('sigmoid'));
    return;
  }
  const usual = usualActivation(loss, activation);
  if (usual !== undefined) {
    problems.warning('head.activation', { node: node.id, activation, loss, usual }, place(usual));
  } else if (isBounded(activation, loss, facts)) {
    problems.warning('head.regression', { node: node.id, activation }, place('linear'));
  }
}

/** Whether the head keeps a regression from where its targets may be. */
function isBounded(activation: string, loss: string, facts: KnownFacts): boolean {
  if (facts.task !== 'regression' || findLoss(loss)?.fusesWith !== undefined) return false;
  return BOUNDED.includes(activation) && !(activation === 'sigmoid' && hasProbabilities(facts));
}

/** The activation the loss is made for, where the head has another; undefined: all is well. */
function usualActivation(loss: string, activation: string): string | undefined {
  const fusesWith = findLoss(loss)?.fusesWith;
  if (fusesWith !== undefined) return activation === fusesWith ? undefined : fusesWith;
  return loss === 'hinge' && BOUNDED.includes(activation) ? 'linear' : undefined;
}

function activationFix({ node, key }: Head, activation: string): Fix | undefined {
  const fields = findLayer(node.type)?.fields ?? {};
  return ownEntry(fields, key) === undefined ? undefined : setParamFix(node.id, key, activation);
}
