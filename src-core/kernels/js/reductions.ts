/** From many numbers to one. */
import { numberOf } from '../../ops/rules.ts';
import type { Kernel } from '../backend.ts';
import { inputAt, outputAt } from '../operands.ts';

export const weightedMean: Kernel = (call) => {
  const [loss, w, y] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  return ({ rows }) => {
    let sum = 0;
    let weight = 0;
    for (let row = 0; row < rows; row++) {
      sum += (w.data[row] as number) * (loss.data[row] as number);
      weight += w.data[row] as number;
    }
    y.data[0] = weight === 0 ? 0 : sum / weight;
  };
};

export const weightedMeanGradient: Kernel = (call) => {
  const [w, g, dx] = [inputAt(call, 0), inputAt(call, 1), outputAt(call)];
  return ({ rows }) => {
    let weight = 0;
    for (let row = 0; row < rows; row++) weight += w.data[row] as number;
    const share = weight === 0 ? 0 : (g.data[0] as number) / weight;
    for (let row = 0; row < rows; row++) dx.data[row] = share * (w.data[row] as number);
  };
};

export const timesRows: Kernel = (call) => {
  const [x, y] = [inputAt(call, 0), outputAt(call)];
  return ({ rows }) => {
    y.data[0] = (x.data[0] as number) * rows;
  };
};

export const checkFinite: Kernel = (call) => {
  const y = outputAt(call);
  const sources = call.inputs.map(({ data }) => data);
  return () => {
    let sum = 0;
    for (const data of sources) {
      for (let i = 0; i < data.length; i++) sum += (data[i] as number) * 0; // 0·∞ and 0·NaN are NaN, and stay
    }
    y.data[0] = sum;
  };
};

export const globalNorm: Kernel = (call) => {
  const y = outputAt(call);
  const sources = call.inputs.map(({ data }) => data);
  return () => {
    let sum = 0;
    for (const data of sources) for (let i = 0; i < data.length; i++) sum += (data[i] as number) * (data[i] as number);
    y.data[0] = Math.sqrt(sum);
  };
};

export const penalty: Kernel = (call) => {
  const y = outputAt(call);
  const [l1, l2] = [numberOf(call.attributes, 'l1'), numberOf(call.attributes, 'l2')];
  const sources = call.inputs.map(({ data }) => data);
  return () => {
    let absolute = 0;
    let square = 0;
    for (const data of sources) {
      for (let i = 0; i < data.length; i++) {
        const w = data[i] as number;
        absolute += Math.abs(w);
        square += w * w;
      }
    }
    y.data[0] = l1 * absolute + 0.5 * l2 * square;
  };
};
