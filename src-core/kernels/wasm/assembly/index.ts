/** The module's face: what TypeScript calls. */
import { Vec } from './vec';
export { gemm } from './gemm';

/** Applies the vector function `which` to `count` floats in place: tests hold each error bound this way. */
export function apply(which: i32, from: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    const x = v128.load(from);
    v128.store(from, chosen(which, x));
    from += 16;
  }
}

function chosen(which: i32, x: v128): v128 {
  switch (which) {
    case 0:
      return Vec.exp(x);
    case 1:
      return Vec.tanh(x);
    case 2:
      return Vec.sigmoid(x);
    case 3:
      return Vec.log(x);
    case 4:
      return Vec.log1p(x);
    case 5:
      return Vec.softplus(x);
    default:
      return Vec.normalCdf(x);
  }
}
