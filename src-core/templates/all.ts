/** Every template, one sorted line each: the export's kebab-case name is its name on the command line. */
export { autoencoder } from './autoencoder.ts';
export { cnnDigits } from './cnn-digits.ts';
export { deepSigmoidMlp } from './deep-sigmoid-mlp.ts';
export { embeddingClassifier } from './embedding-classifier.ts';
export { logisticRegression } from './logistic-regression.ts';
export { moonsMlp } from './moons-mlp.ts';
export { perceptron } from './perceptron.ts';
export { regressionPlane } from './regression-plane.ts';
export { residualMlp } from './residual-mlp.ts';
export { sineRegression } from './sine-regression.ts';
export { softmaxRegression } from './softmax-regression.ts';
export { twoSpirals } from './two-spirals.ts';
export { xorMlp } from './xor-mlp.ts';
