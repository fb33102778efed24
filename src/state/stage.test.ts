import { describe, expect, it } from 'vitest';
import { ALONE } from './comparison.ts';
import { PANELS, PLAIN, type Presentation } from './presentation.ts';
import { isLabAlone, stageOf } from './stage.ts';

const state = (presentation: Partial<Presentation>, lanes = 1, blind = false) => ({
  presentation: { ...PLAIN, ...presentation },
  lanes: Array.from({ length: lanes }),
  comparison: { ...ALONE, blind },
});
const seen = (...of: Parameters<typeof state>) => stageOf(state(...of));

describe('what fills the page in place of all figures', () => {
  it('is nothing on the plain page, nor with a view that lies over it', () => {
    expect(seen({})).toBeUndefined();
    expect(seen({ inside: 'step' })).toBeUndefined();
    expect(seen({}, 2)).toBeUndefined();
  });

  it('is the panels that are named, in their order', () => {
    expect(seen({ panels: ['spikes', 'prediction'] })).toEqual(['spikes', 'prediction']);
  });

  it('is three panels for a presenter who chose none', () => {
    expect(seen({ view: 'presenter' })).toEqual(['prediction', 'spikes', 'curves']);
    expect(seen({ view: 'presenter', panels: ['curves'] })).toEqual(['curves']);
    const lesson = { lesson: 1, scene: 1 };
    expect(seen({ view: 'presenter', lesson, inside: 'step' })).toEqual(['inside']);
  });

  it('begins with what is open of “Look inside”, alone in a scene without panels', () => {
    expect(seen({ panels: ['curves'], inside: 'step' })).toEqual(['inside', 'curves']);
    expect(seen({ lesson: { lesson: 1, scene: 1 }, inside: 'step' })).toEqual(['inside']);
    expect(seen({ lesson: { lesson: 1, scene: 1 } })).toEqual(PANELS);
  });

  it('is a comparison where the panels would be, and never a view that gives hidden names away', () => {
    expect(seen({ panels: ['curves'] }, 2)).toBeUndefined();
    expect(seen({ panels: ['curves'], inside: 'step' }, 2)).toEqual(['inside', 'comparison']);
    expect(seen({ panels: ['curves'], inside: 'step' }, 2, true)).toBeUndefined();
  });

  it('is a lab alone, or before the panels', () => {
    const lab = { name: 'neuron', settings: '' } as const;
    expect(seen({ lab })).toEqual(['lab']);
    expect(seen({ lab, panels: ['spikes'] })).toEqual(['lab', 'spikes']);
    expect(isLabAlone(state({ lab }))).toBe(true);
    expect(isLabAlone(state({ lab, panels: ['spikes'] }))).toBe(false);
    expect(isLabAlone(state({}))).toBe(false);
  });
});
