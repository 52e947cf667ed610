/** The fast backend: float32; its own loops where they pay, the reference's elsewhere. */
import { rowMajor } from '../../tensor/layout.ts';
import type { Backend } from '../backend.ts';
import { plainKernels } from '../js/reference.ts';

export const fast: Backend = {
  name: 'fast',
  dtype: 'float32',
  kernels: plainKernels,
  layouts: ({ values }) => values.map(({ shape }) => rowMajor(shape)),
};
