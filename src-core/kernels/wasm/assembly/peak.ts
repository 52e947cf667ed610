/** The most that 128-bit arithmetic gives on this machine: what the speed of products is measured against. */
import { Vec } from './vec';

/** Twelve chains of fused multiply-adds, enough to hide their latency; 96 operations a turn. Returns what keeps them alive. */
export function peak(turns: i32, x: f32, y: f32): f32 {
  const a = f32x4.splat(x);
  const b = f32x4.splat(y);
  let c0 = a;
  let c1 = b;
  let c2 = a;
  let c3 = b;
  let c4 = a;
  let c5 = b;
  let c6 = a;
  let c7 = b;
  let c8 = a;
  let c9 = b;
  let c10 = a;
  let c11 = b;
  for (let i = 0; i < turns; i++) {
    c0 = Vec.madd(c0, a, b);
    c1 = Vec.madd(c1, a, b);
    c2 = Vec.madd(c2, a, b);
    c3 = Vec.madd(c3, a, b);
    c4 = Vec.madd(c4, a, b);
    c5 = Vec.madd(c5, a, b);
    c6 = Vec.madd(c6, a, b);
    c7 = Vec.madd(c7, a, b);
    c8 = Vec.madd(c8, a, b);
    c9 = Vec.madd(c9, a, b);
    c10 = Vec.madd(c10, a, b);
    c11 = Vec.madd(c11, a, b);
  }
  const left = f32x4.add(f32x4.add(f32x4.add(c0, c1), f32x4.add(c2, c3)), f32x4.add(c4, c5));
  const right = f32x4.add(f32x4.add(f32x4.add(c6, c7), f32x4.add(c8, c9)), f32x4.add(c10, c11));
  return Vec.sum(f32x4.add(left, right));
}
