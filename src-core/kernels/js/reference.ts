/** The reference backend: float64, logical order, plain loops. Slow and clear; the others are measured against it. */
import { registryOf } from '../../lib/registry.ts';
import { rowMajor } from '../../tensor/layout.ts';
import type { Backend, Kernels } from '../backend.ts';
import { openWith } from '../session.ts';
import * as all from './all.ts';

/** Loops for every op; the compiler asks for each. */
export const plainKernels: Kernels = registryOf(all);

/** Float64 in logical order. */
export const reference: Backend = {
  name: 'reference',
  dtype: 'float64',
  layouts: ({ values }) => values.map(({ shape }) => rowMajor(shape)),
  open: openWith(plainKernels, 'float64'),
};
