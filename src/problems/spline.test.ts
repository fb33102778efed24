import { describe, expect, it } from 'vitest';
import { naturalSpline } from './spline.ts';

describe('naturalSpline', () => {
  it('passes through its control values', () => {
    const values = [0.3, -1, 2, 0.5, 0.7];
    const curve = naturalSpline(values, 41);
    values.forEach((value, i) => {
      expect(curve[10 * i]).toBeCloseTo(value, 12);
    });
  });
  it('is exact for lines and close to smooth functions inside', () => {
    const line = naturalSpline([1, 2, 3], 5);
    expect(Array.from(line)).toEqual([1, 1.5, 2, 2.5, 3].map((v) => expect.closeTo(v, 12)));
    const sine = naturalSpline(
      Array.from({ length: 9 }, (_, i) => Math.sin((Math.PI * i) / 8)),
      81,
    );
    sine.forEach((value, p) => {
      expect(Math.abs(value - Math.sin((Math.PI * p) / 80))).toBeLessThan(5e-4);
    });
  });
  it('takes one or two control values', () => {
    expect(Array.from(naturalSpline([2], 3))).toEqual([2, 2, 2]);
    expect(Array.from(naturalSpline([0, 1], 3))).toEqual([0, 0.5, 1]);
  });
});
