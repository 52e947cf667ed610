/** Numbers of the commands that the kernels interpret; the AssemblyScript side gets the same list as constants. */

/** Position is the number. */
export const opcodes = [
  'gemm',
  'gemmColumns',
  'activate',
  'activateGradient',
  'activateGradientSum',
  'columnSum',
  'add',
  'multiply',
  'scale',
  'fill',
  'addBias',
  'spread',
  'rowLosses',
  'weightedMean',
  'weightedMeanGradient',
  'batchLoss',
  'timesRows',
  'finite',
  'norm',
  'penalty',
  'penaltyGradient',
  'clipByValue',
  'clipByNorm',
  'sgd',
  'momentum',
  'adagrad',
  'rmsprop',
  'adam',
  'deltaBarDelta',
  'softmax',
  'softmaxGradient',
  'dropout',
  'gaussianNoise',
  'copy',
  'clear',
  'embed',
  'embedGradient',
  'simpleRnn',
  'simpleRnnGradient',
  'lstm',
  'lstmGradient',
  'gru',
  'gruGradient',
  'rowGemm',
  'positions',
  'channelScale',
  'channelDot',
  'normalizeChannels',
  'normalizeChannelsGradient',
  'normalizeWith',
  'runningUpdate',
  'normalizeBlocks',
  'normalizeBlocksGradient',
  'slices',
  'sumChunks',
  'packFilters',
  'packFlipped',
  'conv',
  'convInputGradient',
  'convWeightGradient',
  'clearChannels',
  'winogradFilters',
  'winogradFiltersBack',
  'winogradConv',
  'winogradGradients',
  'imageActivate',
  'imageSlope',
  'maxPool',
  'maxPoolTwo',
  'maxPoolTwoSlope',
  'maxPoolGradient',
  'meanPool',
  'meanPoolGradient',
] as const;
export type Opcode = (typeof opcodes)[number];

/** First word of a command that `count` words follow. */
export function headOf(opcode: Opcode, count: number): number {
  return opcodes.indexOf(opcode) | ((count + 1) << 16);
}

export const activationKinds = [
  'linear',
  'relu',
  'tanh',
  'sigmoid',
  'leaky_relu',
  'elu',
  'softplus',
  'gelu',
  'silu',
] as const;

export const lossKinds = [
  'squared_error',
  'absolute_error',
  'huber_error',
  'hinge_error',
  'binary_cross_entropy',
  'sigmoid_cross_entropy',
  'cross_entropy',
  'softmax_cross_entropy',
] as const;

const constantName = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

function constants(prefix: string, names: readonly string[]): string {
  return names.map((name, i) => `export const ${prefix}${constantName(name)}: i32 = ${i};\n`).join('');
}

/** The text of assembly/generated/opcodes.ts. */
export function opcodeSource(): string {
  const head = '/** Numbers of commands, activations and losses; written by ../../opcodes.ts. */\n';
  return head + constants('OP_', opcodes) + constants('FN_', activationKinds) + constants('LOSS_', lossKinds);
}
