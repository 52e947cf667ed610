/** The everyday activations, each in a loop of its own so that the engine can inline what it calls. */
import type { Kernel } from '../backend.ts';
import { inputAt, lengthOf, outputAt } from '../operands.ts';
import { fastLogistic, fastTanh } from './math.ts';

export const tanh: Kernel = (call) => {
  const [source, target] = [inputAt(call, 0), outputAt(call)];
  return ({ rows }) => {
    const x = source.data;
    const y = target.data;
    const length = lengthOf(target, rows);
    for (let i = 0; i < length; i++) y[i] = fastTanh(x[i] as number);
  };
};

export const tanhGradient: Kernel = (call) => {
  const [output, gradient, target] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  return ({ rows }) => {
    const y = output.data;
    const g = gradient.data;
    const dx = target.data;
    const length = lengthOf(target, rows);
    for (let i = 0; i < length; i++) {
      const value = y[i] as number;
      dx[i] = (g[i] as number) * (1 - value * value);
    }
  };
};

export const sigmoid: Kernel = (call) => {
  const [source, target] = [inputAt(call, 0), outputAt(call)];
  return ({ rows }) => {
    const x = source.data;
    const y = target.data;
    const length = lengthOf(target, rows);
    for (let i = 0; i < length; i++) y[i] = fastLogistic(x[i] as number);
  };
};

export const sigmoidGradient: Kernel = (call) => {
  const [output, gradient, target] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  return ({ rows }) => {
    const y = output.data;
    const g = gradient.data;
    const dx = target.data;
    const length = lengthOf(target, rows);
    for (let i = 0; i < length; i++) {
      const value = y[i] as number;
      dx[i] = (g[i] as number) * value * (1 - value);
    }
  };
};

export const relu: Kernel = (call) => {
  const [source, target] = [inputAt(call, 0), outputAt(call)];
  return ({ rows }) => {
    const x = source.data;
    const y = target.data;
    const length = lengthOf(target, rows);
    for (let i = 0; i < length; i++) {
      const value = x[i] as number;
      y[i] = value < 0 ? 0 : value;
    }
  };
};

export const reluGradient: Kernel = (call) => {
  const [output, gradient, target] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  return ({ rows }) => {
    const y = output.data;
    const g = gradient.data;
    const dx = target.data;
    const length = lengthOf(target, rows);
    for (let i = 0; i < length; i++) dx[i] = (y[i] as number) > 0 ? (g[i] as number) : 0;
  };
};
