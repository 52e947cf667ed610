/** Sums, products and copies of whole values. */
import { numberOf } from '../../ops/rules.ts';
import type { Kernel } from '../backend.ts';
import { inputAt, lengthOf, outputAt } from '../operands.ts';
import { unary } from './elementwise.ts';

export const add: Kernel = (call) => {
  const y = outputAt(call);
  const sources = call.inputs.map(({ data }) => data);
  return ({ rows }) => {
    const length = lengthOf(y, rows);
    for (let i = 0; i < length; i++) {
      let sum = 0;
      for (const data of sources) sum += data[i] as number;
      y.data[i] = sum;
    }
  };
};

export const multiply: Kernel = (call) => {
  const y = outputAt(call);
  const sources = call.inputs.map(({ data }) => data);
  return ({ rows }) => {
    const length = lengthOf(y, rows);
    for (let i = 0; i < length; i++) {
      let product = 1;
      for (const data of sources) product *= data[i] as number;
      y.data[i] = product;
    }
  };
};

export const scale: Kernel = unary((attributes) => {
  const factor = attributes['factor'] as number; // the shape rule's attribute, a number by its type
  return (x) => factor * x;
});

export const fill: Kernel = (call) => {
  const y = outputAt(call);
  const value = numberOf(call.attributes, 'value');
  return () => {
    y.data.fill(value);
  };
};

export const reshape: Kernel = (call) => {
  const [x, y] = [inputAt(call, 0), outputAt(call)];
  return ({ rows }) => {
    const length = lengthOf(y, rows);
    for (let i = 0; i < length; i++) y.data[i] = x.data[i] as number;
  };
};
