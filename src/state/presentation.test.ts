import { describe, expect, it } from 'vitest';
import { isHidden, PLAIN } from './presentation.ts';
import { formatHash, PAGE_DEFAULTS, parseHash } from './url.ts';

describe('presentation in a link', () => {
  it('reads back', () => {
    const presentation = { ...PLAIN, view: 'presenter', hide: ['engine', 'scrubber'] } as const;
    const hash = formatHash({}, PAGE_DEFAULTS, { presentation });
    expect(hash).toBe('#view=presenter&hide=engine,scrubber');
    expect(parseHash(hash)).toMatchObject({ presentation, faults: [] });
  });

  it('names what is not allowed and keeps the rest', () => {
    const { presentation, faults } = parseHash('#view=cinema&hide=pace,prediction,,share,pace');
    expect(presentation).toEqual({ ...PLAIN, hide: ['share', 'pace'] });
    expect(faults[0]).toBe('view: “cinema” is not allowed; allowed: full, presenter, embed');
    expect(faults[1]).toMatch(/hide: “prediction” is not allowed; allowed: experiment, .*scrubber/);
  });

  it('opens a view of “Look inside”', () => {
    const presentation = { ...PLAIN, inside: 'microscope' } as const;
    const hash = formatHash({}, PAGE_DEFAULTS, { presentation });
    expect(hash).toBe('#inside=microscope');
    expect(parseHash(hash)).toMatchObject({ presentation, faults: [] });
    expect(parseHash('#inside=telescope').faults[0]).toMatch(
      /^inside: “telescope” is not allowed; allowed: target, step, microscope, /,
    );
  });

  it('hides what was asked for, and more from presenters', () => {
    expect(isHidden(PLAIN, 'engine')).toBe(false);
    expect(isHidden({ ...PLAIN, hide: ['engine'] }, 'engine')).toBe(true);
    expect(isHidden({ ...PLAIN, view: 'presenter' }, 'engine')).toBe(true);
    expect(isHidden({ ...PLAIN, view: 'presenter' }, 'gradient')).toBe(false);
  });
});
