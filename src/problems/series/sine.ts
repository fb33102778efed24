/**
 * sin x from the four operations alone: to 10⁻¹⁵ for |x| up to π, then to a rounding of x. `Math.sin` may differ in its last digit from
 * one browser to the next, and a chaotic system makes a different series of that.
 */
export function sine(x: number): number {
  const turned = x - 2 * Math.PI * Math.round(x / (2 * Math.PI));
  const folded = Math.abs(turned) > Math.PI / 2 ? Math.sign(turned) * Math.PI - turned : turned;
  const square = folded * folded;
  let sum = 1;
  for (let n = 20; n >= 2; n -= 2) sum = 1 - (square / (n * (n + 1))) * sum;
  return folded * sum;
}

/** cos x = sin(x + π/2), likewise. */
export const cosine = (x: number): number => sine(x + Math.PI / 2);
