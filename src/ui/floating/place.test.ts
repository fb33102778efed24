import { describe, expect, it } from 'vitest';
import { placeBeside } from './place.ts';

const view = { width: 400, height: 300 };
const anchor = { left: 180, top: 100, width: 40, height: 20 };

describe('what floats beside its anchor', () => {
  it('stands below it, in line as asked', () => {
    const size = { width: 100, height: 50 };
    expect(placeBeside(anchor, size, view)).toEqual({ left: 150, top: 126 });
    expect(placeBeside(anchor, size, view, { align: 'start' })).toEqual({ left: 180, top: 126 });
    expect(placeBeside(anchor, size, view, { align: 'end', gap: 0 })).toEqual({ left: 120, top: 120 });
    expect(placeBeside(anchor, size, view, { side: 'right' })).toEqual({ left: 226, top: 85 });
  });

  it('goes to the other side without room on its own', () => {
    const low = { ...anchor, top: 270 };
    expect(placeBeside(low, { width: 100, height: 50 }, view).top).toBe(214);
    const right = { ...anchor, left: 300 };
    expect(placeBeside(right, { width: 100, height: 50 }, view, { side: 'right' }).left).toBe(194);
  });

  it('stays within the window, its start above all', () => {
    const corner = { left: 390, top: 5, width: 10, height: 10 };
    expect(placeBeside(corner, { width: 100, height: 50 }, view)).toEqual({ left: 292, top: 21 });
    expect(placeBeside(anchor, { width: 600, height: 400 }, view)).toEqual({ left: 8, top: 8 });
  });
});
