/** Compiles the WebAssembly kernels before any suite imports them. */
import { buildKernelsIfNeeded } from '../../../src-main/build-kernels.mjs';

export default buildKernelsIfNeeded;
