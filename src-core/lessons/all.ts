/** Every lesson, one sorted line each; the export's snake_case name is its id. */
export { activations } from './activations/lesson.ts';
export { backpropagationAndLearning } from './backpropagation-and-learning/lesson.ts';
export { chainRule } from './chain-rule/lesson.ts';
export { costOfGradients } from './cost-of-gradients/lesson.ts';
export { denseLayer } from './dense-layer/lesson.ts';
export { derivativeRules } from './derivative-rules/lesson.ts';
export { differences } from './differences/lesson.ts';
export { gatePatterns } from './gate-patterns/lesson.ts';
export { matrixWrittenOut } from './matrix-written-out/lesson.ts';
export { sigmoidNeuron } from './sigmoid-neuron/lesson.ts';
export { sumAndProduct } from './sum-and-product/lesson.ts';
export { twoLayerNetwork } from './two-layer-network/lesson.ts';
export { twoPaths } from './two-paths/lesson.ts';
export { vanishingGradients } from './vanishing-gradients/lesson.ts';
