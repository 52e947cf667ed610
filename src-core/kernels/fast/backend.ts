/** The fast backend: float32; its own loops where they pay, the reference's elsewhere. */
import { rowMajor } from '../../tensor/layout.ts';
import type { Backend } from '../backend.ts';
import { openWith } from '../session.ts';
import { plainKernels } from '../js/reference.ts';

export const fast: Backend = {
  name: 'fast',
  dtype: 'float32',
  layouts: ({ values }) => values.map(({ shape }) => rowMajor(shape)),
  open: openWith(plainKernels, 'float32'),
};
