/** Optimizer steps. */
import { flagOf, numberOf } from '../../ops/rules.ts';
import type { Kernel } from '../backend.ts';
import { inputAt } from '../operands.ts';

export const sgdUpdate: Kernel = (call) => {
  const [w, g] = [inputAt(call, 0).data, inputAt(call, 1).data];
  const momentum = numberOf(call.attributes, 'momentum');
  const isNesterov = flagOf(call.attributes, 'nesterov');
  if (call.inputs.length === 2) {
    return ({ learningRate }) => {
      for (let i = 0; i < w.length; i++) w[i] = (w[i] as number) - learningRate * (g[i] as number);
    };
  }
  const v = inputAt(call, 2).data;
  return ({ learningRate }) => {
    for (let i = 0; i < w.length; i++) {
      const gradient = g[i] as number;
      const velocity = momentum * (v[i] as number) + gradient;
      v[i] = velocity;
      w[i] = (w[i] as number) - learningRate * (isNesterov ? gradient + momentum * velocity : velocity);
    }
  };
};

export const adagradUpdate: Kernel = (call) => {
  const [w, g, s] = [inputAt(call, 0).data, inputAt(call, 1).data, inputAt(call, 2).data];
  const epsilon = numberOf(call.attributes, 'epsilon');
  return ({ learningRate }) => {
    for (let i = 0; i < w.length; i++) {
      const gradient = g[i] as number;
      const sum = (s[i] as number) + gradient * gradient;
      s[i] = sum;
      w[i] = (w[i] as number) - (learningRate * gradient) / (Math.sqrt(sum) + epsilon);
    }
  };
};

export const rmspropUpdate: Kernel = (call) => {
  const [w, g, v] = [inputAt(call, 0).data, inputAt(call, 1).data, inputAt(call, 2).data];
  const [rho, epsilon] = [numberOf(call.attributes, 'rho'), numberOf(call.attributes, 'epsilon')];
  return ({ learningRate }) => {
    for (let i = 0; i < w.length; i++) {
      const gradient = g[i] as number;
      const square = rho * (v[i] as number) + (1 - rho) * gradient * gradient;
      v[i] = square;
      w[i] = (w[i] as number) - (learningRate * gradient) / (Math.sqrt(square) + epsilon);
    }
  };
};

export const adamUpdate: Kernel = (call) => {
  const [w, g] = [inputAt(call, 0).data, inputAt(call, 1).data];
  const [m, v] = [inputAt(call, 2).data, inputAt(call, 3).data];
  const [beta1, beta2] = [numberOf(call.attributes, 'beta1'), numberOf(call.attributes, 'beta2')];
  const [epsilon, decay] = [numberOf(call.attributes, 'epsilon'), numberOf(call.attributes, 'weightDecay')];
  return ({ learningRate, step }) => {
    const rate = learningRate / (1 - beta1 ** (step + 1));
    const rootCorrection = Math.sqrt(1 - beta2 ** (step + 1));
    const keep = 1 - learningRate * decay;
    for (let i = 0; i < w.length; i++) {
      const gradient = g[i] as number;
      const mean = beta1 * (m[i] as number) + (1 - beta1) * gradient;
      const square = beta2 * (v[i] as number) + (1 - beta2) * gradient * gradient;
      m[i] = mean;
      v[i] = square;
      w[i] = keep * (w[i] as number) - (rate * mean) / (Math.sqrt(square) / rootCorrection + epsilon);
    }
  };
};

export const deltaBarDeltaUpdate: Kernel = (call) => {
  const [w, g] = [inputAt(call, 0).data, inputAt(call, 1).data];
  const [rates, averages] = [inputAt(call, 2).data, inputAt(call, 3).data];
  const [kappa, phi] = [numberOf(call.attributes, 'kappa'), numberOf(call.attributes, 'phi')];
  const theta = numberOf(call.attributes, 'theta');
  return ({ learningRate, step }) => {
    for (let i = 0; i < w.length; i++) {
      const gradient = g[i] as number;
      const average = step === 0 ? gradient : (averages[i] as number);
      const agreement = step === 0 ? 0 : gradient * average;
      const old = step === 0 ? learningRate : (rates[i] as number);
      const rate = agreement > 0 ? old + kappa : agreement < 0 ? old * phi : old;
      rates[i] = rate;
      averages[i] = (1 - theta) * gradient + theta * average;
      w[i] = (w[i] as number) - rate * gradient;
    }
  };
};
