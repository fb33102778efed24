/**
 * Threefry-2x32-20 of the four counters (step, c) at `counters` under key (k0, k1): eight words, two a
 * counter, in order. The same words as threefry in src/snn/random.ts.
 */
export function threefry4(k0: u32, k1: u32, step: u32, counters: usize, out: usize): void {
  const k2 = k0 ^ k1 ^ 0x1bd11bda;
  const a = i32x4.splat(k0);
  const b = i32x4.splat(k1);
  const c = i32x4.splat(k2);
  let x = i32x4.splat(step + k0);
  let y = i32x4.add(v128.load(counters), b);

  x = i32x4.add(x, y);
  y = v128.xor(rotate(y, 13), x);
  x = i32x4.add(x, y);
  y = v128.xor(rotate(y, 15), x);
  x = i32x4.add(x, y);
  y = v128.xor(rotate(y, 26), x);
  x = i32x4.add(x, y);
  y = v128.xor(rotate(y, 6), x);
  x = i32x4.add(x, b);
  y = i32x4.add(y, i32x4.add(c, i32x4.splat(1)));
  x = i32x4.add(x, y);
  y = v128.xor(rotate(y, 17), x);
  x = i32x4.add(x, y);
  y = v128.xor(rotate(y, 29), x);
  x = i32x4.add(x, y);
  y = v128.xor(rotate(y, 16), x);
  x = i32x4.add(x, y);
  y = v128.xor(rotate(y, 24), x);
  x = i32x4.add(x, c);
  y = i32x4.add(y, i32x4.add(a, i32x4.splat(2)));
  x = i32x4.add(x, y);
  y = v128.xor(rotate(y, 13), x);
  x = i32x4.add(x, y);
  y = v128.xor(rotate(y, 15), x);
  x = i32x4.add(x, y);
  y = v128.xor(rotate(y, 26), x);
  x = i32x4.add(x, y);
  y = v128.xor(rotate(y, 6), x);
  x = i32x4.add(x, a);
  y = i32x4.add(y, i32x4.add(b, i32x4.splat(3)));
  x = i32x4.add(x, y);
  y = v128.xor(rotate(y, 17), x);
  x = i32x4.add(x, y);
  y = v128.xor(rotate(y, 29), x);
  x = i32x4.add(x, y);
  y = v128.xor(rotate(y, 16), x);
  x = i32x4.add(x, y);
  y = v128.xor(rotate(y, 24), x);
  x = i32x4.add(x, b);
  y = i32x4.add(y, i32x4.add(c, i32x4.splat(4)));
  x = i32x4.add(x, y);
  y = v128.xor(rotate(y, 13), x);
  x = i32x4.add(x, y);
  y = v128.xor(rotate(y, 15), x);
  x = i32x4.add(x, y);
  y = v128.xor(rotate(y, 26), x);
  x = i32x4.add(x, y);
  y = v128.xor(rotate(y, 6), x);
  x = i32x4.add(x, c);
  y = i32x4.add(y, i32x4.add(a, i32x4.splat(5)));

  v128.store(out, v128.shuffle<i32>(x, y, 0, 4, 1, 5));
  v128.store(out, v128.shuffle<i32>(x, y, 2, 6, 3, 7), 16);
}

// @ts-ignore: decorator
@inline
function rotate(y: v128, by: i32): v128 {
  return v128.or(i32x4.shl(y, by), i32x4.shr_u(y, 32 - by));
}
