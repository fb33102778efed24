import { describe, expect, it } from 'vitest';
import type { Pinned } from '../training/config.ts';
import { configStanding, paperStanding } from '../training/paper.ts';
import { resolveConfig } from '../training/presets.ts';
import { methodPath, paperSentence, runName, whyNoFigure } from './run-words.ts';

const at = (step: number, pins: Pinned = {}) => ({ step, config: resolveConfig(pins) });
const L: Pinned = { gradient: 'RFG', scope: 'L' };

describe('a run’s name', () => {
  it('is its method, or all that trained it', () => {
    expect(runName([at(0)])).toBe('SG-BP');
    expect(runName([at(0), at(5000, L)])).toBe('SG-BP → SG-RFG-L since 5,000');
    expect(runName([at(0), at(10, L), at(900)])).toBe('SG-BP → … → SG-BP since 900');
    expect(methodPath([at(0), at(5000, L)])).toBe('SG-BP → SG-RFG-L');
  });

  it('is not changed by a setting that leaves the method as it is', () =>
    expect(runName([at(0), at(10, { rate: 0.1 })])).toBe('SG-BP'));
});

describe('why no figure of the paper stands beside a run', () => {
  it('is said setting by setting, with the paper’s value', () => {
    const standing = configStanding(resolveConfig({ T: 8, hidden: [[64, 64, 64]], rate: 0.1 }));
    expect(whyNoFigure(standing)).toEqual([
      'Time steps T 8 (paper: 32)',
      'Hidden widths 64-64-64 (paper: 16-16)',
      'Learning rate η 0.1 (left open by the paper; our default: 0.02)',
    ]);
    expect(paperSentence(configStanding(resolveConfig(L)))).toBe(
      'the paper’s setting differs: Directions K 8 (paper: 1)',
    );
  });

  it('is that more than one method trained it', () =>
    expect(whyNoFigure(paperStanding([at(0), at(5000, { ...L, recipe: 'live', K: 1 })]))).toContain(
      'changed in mid-run, at step 5,000',
    ));

  it('is nothing where it stands', () => {
    expect(whyNoFigure(configStanding(resolveConfig({})))).toEqual([]);
    expect(paperSentence(configStanding(resolveConfig({})))).toBe('the paper reports 0.0298');
    expect(paperSentence(configStanding(resolveConfig({ gradient: 'WP' })))).toBe(
      'the paper reports no figure',
    );
  });
});
