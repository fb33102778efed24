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
      /^inside: “telescope” is not allowed; allowed: target, data, step, microscope, /,
    );
  });

  it('says which estimates the microscope draws, and only then', () => {
    const presentation = { ...PLAIN, inside: 'microscope', estimates: { name: 'RFG-G', K: 8 } } as const;
    const hash = formatHash({}, PAGE_DEFAULTS, { presentation });
    expect(hash).toBe('#inside=microscope&estimates=RFG-G:8');
    expect(parseHash(hash)).toMatchObject({ presentation, faults: [] });
    expect(parseHash('#estimates=WP-L&inside=microscope').presentation.estimates).toEqual({
      name: 'WP-L',
      K: 1,
    });
    const closed = { ...presentation, inside: undefined };
    expect(formatHash({}, PAGE_DEFAULTS, { presentation: closed })).toBe('');
  });

  it.each(['RFG', 'RFG-L:7', 'RFG-L:8:8', 'own:8', ''])('refuses estimates=%s', (text) => {
    const { presentation, faults } = parseHash(`#inside=microscope&estimates=${text}`);
    expect(presentation).toEqual({ ...PLAIN, inside: 'microscope' });
    expect(faults).toEqual([
      `estimates: “${text}” is not allowed; allowed: own, or one of RFG-G, RFG-L, RFG-A, WP-L, WP-A with K as in RFG-L:8; K: 1, 8, 32`,
    ]);
  });

  it('hides what was asked for, and more from presenters', () => {
    expect(isHidden(PLAIN, 'engine')).toBe(false);
    expect(isHidden({ ...PLAIN, hide: ['engine'] }, 'engine')).toBe(true);
    expect(isHidden({ ...PLAIN, view: 'presenter' }, 'engine')).toBe(true);
    expect(isHidden({ ...PLAIN, view: 'presenter' }, 'gradient')).toBe(false);
  });
});
