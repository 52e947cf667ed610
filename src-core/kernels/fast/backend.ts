/** The fast backend in plain TypeScript: float32; its own loops where they pay, the reference's elsewhere. */
import { registryOf } from '../../lib/registry.ts';
import type { Backend, Kernels } from '../backend.ts';
import { plainKernels } from '../js/reference.ts';
import { openWith } from '../session.ts';
import * as all from './all.ts';
import { chooseLayouts } from './layouts.ts';

const kernels: Kernels = { ...plainKernels, ...registryOf(all) };

/** Float32; results agree with the reference to 1e-5 relative. */
export const fast: Backend = {
  name: 'fast',
  dtype: 'float32',
  layouts: chooseLayouts,
  open: openWith(kernels, 'float32'),
};
