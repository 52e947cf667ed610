/** Every initialiser. */
export { constant } from './constant.ts';
export { glorotNormal } from './glorot-normal.ts';
export { glorotUniform } from './glorot-uniform.ts';
export { heNormal } from './he-normal.ts';
export { heUniform } from './he-uniform.ts';
export { lecunNormal } from './lecun-normal.ts';
export { normal } from './normal.ts';
export { ones } from './ones.ts';
export { uniform } from './uniform.ts';
export { zeros } from './zeros.ts';
