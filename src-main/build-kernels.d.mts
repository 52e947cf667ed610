/** Types of build-kernels.mjs. */
export function kernelsAreBuilt(): boolean;
export function buildKernelsIfNeeded(): Promise<void>;
