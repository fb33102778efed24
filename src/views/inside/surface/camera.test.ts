import { describe, expect, it } from 'vitest';
import { cameraOf, firstView, turned, viewOf } from './camera.ts';

const FIRST_VIEW = firstView(false);

describe('camera', () => {
  it('goes there and back', () => {
    const view = viewOf(cameraOf(FIRST_VIEW));
    for (const key of ['azimuth', 'elevation', 'distance'] as const)
      expect(view[key]).toBeCloseTo(FIRST_VIEW[key], 10);
  });

  it('turns, and stops short of the pole', () => {
    expect(turned(FIRST_VIEW, 30, 0).azimuth).toBe(-30);
    expect(turned(FIRST_VIEW, 0, 500).elevation).toBe(85);
  });
});
