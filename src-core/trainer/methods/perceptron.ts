/** Method `perceptron`: Rosenblatt's rule, row by row: on a mistake the weights move by the row. */
import { present } from '../../lib/assert.ts';
import type { Network } from '../../runtime/define.ts';
import { batchReader, takeSteps } from './batch.ts';
import type { Method, MethodContext, MethodDefinition } from './define.ts';

/**
 * Starts from zeros. One unit: score ≥ 0 says the second class (+1); on a mistake w += y·f and, with a bias, b += y.
 * K units: the first largest score wins; on a mistake the wrong class loses f and the right one gains it.
 * History key `mistakes` per pass; ends after the first pass without one. Key averaged (false): the mean of the weights
 * after every visit is what predicts. Source: Rosenblatt, 1958; averaged: Freund and Schapire, 1999.
 */
export const perceptron: MethodDefinition = {
  label: 'Perceptron',
  summary: 'On every mistake the weights move by the row; ends after a pass without mistakes.',
  needsFloat64: true,
  start: (context) => new PerceptronRun(context),
};

class PerceptronRun implements Method {
  readonly batchSize = 1;
  readonly #network: Network;
  readonly #isAveraged: boolean;
  readonly #batchOf: ReturnType<typeof batchReader>;
  /** Weight [K, F] and bias [K] side by side, as the rule has moved them. */
  #weights: Float64Array;
  /** Sum of the weights after every visit. */
  #sum: Float64Array;
  #visits = 0;
  #mistakes = 0;
  readonly #keys: readonly string[];
  readonly #units: number;
  readonly #inputs: number;

  constructor({ network, data, document }: MethodContext) {
    this.#network = network;
    this.#isAveraged = document.training['averaged'] === true;
    this.#batchOf = batchReader(data, document.training, 1);
    const weight = present(
      network.tensors.find(({ key }) => key.endsWith('.weight')),
      'the weight of the dense layer',
    );
    const bias = network.tensors.find(({ key }) => key.endsWith('.bias'));
    this.#keys = bias === undefined ? [weight.key] : [weight.key, bias.key];
    [this.#units, this.#inputs] = [present(weight.shape[0], 'units'), present(weight.shape[1], 'inputs')];
    this.#weights = new Float64Array(this.#units * (this.#inputs + (bias === undefined ? 0 : 1)));
    this.#sum = new Float64Array(this.#weights.length);
    this.#show(this.#weights);
  }

  train(request: Parameters<Method['train']>[0]): ReturnType<Method['train']> {
    this.#show(this.#weights);
    const result = takeSteps(request, (step) => {
      const { inputs, targets } = this.#batchOf(request, step);
      return { loss: this.#visit(inputs, present(targets, 'targets')), rows: 1, isFinite: true };
    });
    if (this.#isAveraged) this.#show(this.#sum.map((value) => value / this.#visits));
    return result;
  }

  endEpoch(): ReturnType<Method['endEpoch']> {
    const mistakes = this.#mistakes;
    this.#mistakes = 0;
    return { record: { mistakes }, finished: mistakes === 0 ? 'a whole pass went by without a mistake' : null };
  }

  readState(): Float64Array {
    return Float64Array.of(this.#visits, this.#mistakes, ...this.#weights, ...this.#sum);
  }

  writeState(state: Float64Array): void {
    const [visits = 0, mistakes = 0] = state;
    const size = this.#weights.length;
    this.#visits = visits;
    this.#mistakes = mistakes;
    this.#weights = state.slice(2, 2 + size);
    this.#sum = state.slice(2 + size);
  }

  /** One row; answers with its loss before the weights move. */
  #visit(inputs: Float64Array | Float32Array, targets: Float64Array | Float32Array): number {
    const { loss, outputs } = this.#network.evaluate({ count: 1, inputs, targets });
    if (this.#learn(inputs, targets, outputs)) {
      this.#mistakes += 1;
      this.#show(this.#weights);
    }
    this.#visits += 1;
    if (this.#isAveraged) this.#weights.forEach((value, i) => (this.#sum[i] = (this.#sum[i] as number) + value));
    return loss;
  }

  /** True when the row was taken for another class. */
  #learn(inputs: ArrayLike<number>, targets: Float64Array | Float32Array, scores: Float64Array): boolean {
    if (this.#units === 1) {
      const side = targets[0] === 1 ? 1 : -1;
      const isRight = ((scores[0] as number) >= 0 ? 1 : -1) === side;
      if (!isRight) this.#move(0, inputs, side);
      return !isRight;
    }
    const said = scores.indexOf(Math.max(...scores));
    const truth = targets.indexOf(1);
    if (said === truth) return false;
    this.#move(said, inputs, -1);
    this.#move(truth, inputs, 1);
    return true;
  }

  #move(unit: number, inputs: ArrayLike<number>, side: number): void {
    const w = this.#weights;
    for (let i = 0; i < this.#inputs; i++) {
      const at = unit * this.#inputs + i;
      w[at] = (w[at] as number) + side * (inputs[i] as number);
    }
    const bias = this.#units * this.#inputs + unit;
    if (bias < w.length) w[bias] = (w[bias] as number) + side;
  }

  /** Puts numbers where the network predicts from. */
  #show(numbers: Float64Array): void {
    const split = this.#units * this.#inputs;
    const [weight = '', bias] = this.#keys;
    this.#network.write(weight, numbers.subarray(0, split));
    if (bias !== undefined) this.#network.write(bias, numbers.subarray(split));
  }
}
