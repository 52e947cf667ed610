/** Which numerics this engine has: states saved under another name are not gone on from silently. */
import { fastestKernels } from '../kernels/registry.ts';
import type { BackendName } from '../runtime/define.ts';

/** Counts up whenever the same document, data and seed begin to give other bits. */
const NUMERICS = 2;

/** 'netloom-2/reference', 'netloom-2/fast-relaxed': kernels with and without fused instructions round differently. */
export function engineBuild(backend: BackendName): string {
  return `netloom-${NUMERICS}/${backend}${backend === 'fast' ? `-${fastestKernels()}` : ''}`;
}
