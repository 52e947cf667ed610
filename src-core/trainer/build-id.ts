/** Which numerics this engine has: states saved under another name are not gone on from silently. */
import { fastestKernels } from '../kernels/registry.ts';
import type { BackendName } from '../runtime/define.ts';

/** Counts up whenever the same document, data and seed begin to give other bits. */
const NUMERICS = 1;

/** 'netloom-1/reference', 'netloom-1/fast-relaxed': kernels with and without fused instructions round differently. */
export function engineBuild(backend: BackendName): string {
  return `netloom-${NUMERICS}/${backend}${backend === 'fast' ? `-${fastestKernels()}` : ''}`;
}
