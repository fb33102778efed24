import { describe, expect, it } from 'vitest';
import type { Pinned } from '../../training/config.ts';
import { resolveConfig } from '../../training/presets.ts';
import type { Metric } from '../../worker/protocol.ts';
import { equalPassesSaid, type SpentLane, spentBy, standingOf } from './equal-passes.ts';

const lane = (
  letter: string,
  reverse: boolean | undefined,
  ...points: [x: number, y: number][]
): SpentLane => ({
  letter,
  reverse,
  errors: points.map(([x, y]) => ({ x, y })),
});
const bp = lane('A', true, [0, 1], [60, 0.3], [120, 0.1], [600, 0.03]);
const near = lane('B', false, [0, 1], [50, 0.09], [100, 0.2]);
const far = lane('C', false, [0, 1], [150, 0.5], [300, 0.4]);

describe('what equal passes bought', () => {
  it('takes the least error within the passes that all have spent', () => {
    expect(standingOf([bp, near, far])).toEqual({
      passes: 100,
      rows: [
        { lane: bp, error: 0.3 },
        { lane: near, error: 0.09 },
        { lane: far, error: 1 },
      ],
    });
  });

  it('says over whom back-propagation wins and to whom it loses, lane by lane', () => {
    expect(equalPassesSaid([bp, near, far])).toBe(
      'Within the 100 passes that all have spent, least live error: A 0.300, B 0.0900, C 1.00; in these runs BP, lane A, still wins over C and loses to B.',
    );
    expect(equalPassesSaid([bp, far])).toMatch(/BP, lane A, still wins over C\.$/);
    expect(equalPassesSaid([bp, near])).toMatch(/BP, lane A, loses to B\.$/);
    expect(equalPassesSaid([bp, { ...bp, letter: 'D', reverse: false }])).toMatch(/is level with D\.$/);
  });

  it('names no method where names are hidden or none goes back', () => {
    const hidden = [bp, near, far].map((each) => ({ ...each, reverse: undefined }));
    expect(equalPassesSaid(hidden)).toMatch(/in these runs B is ahead\.$/);
    expect(equalPassesSaid(hidden)).not.toContain('BP');
    expect(equalPassesSaid([far, { ...far, letter: 'D' }])).toMatch(/in these runs all are equal\.$/);
  });

  it('says nothing before two lanes have trained, and leaves out a lane that cannot stand beside others', () => {
    const waiting = lane('D', false, [0, 1]);
    expect(equalPassesSaid([bp, waiting])).toBe('Two lanes have to train before that can be compared.');
    expect(standingOf([bp, near, waiting])?.passes).toBe(100);
    expect(equalPassesSaid([bp, near, { ...far, out: 'diverged' }])).toMatch(
      /loses to B\. Lane C diverged\.$/,
    );
  });
});

describe('a lane', () => {
  const config = resolveConfig({ gradient: 'BP' });
  const at = (step: number, value: number, grid: Metric['grid'] = 'coarse'): Metric => ({
    step,
    value,
    grid,
  });
  const metrics = [at(0, 1), at(10, 0.4), at(10, 0.35, 'stated'), at(20, 0.2)];
  const run = {
    metrics,
    losses: { values: new Float32Array() },
    step: 20,
    config,
    log: [{ step: 0, config }],
    divergedAt: undefined,
  } as unknown as Parameters<typeof spentBy>[0];

  it('is measured by its live errors and what its steps cost', () => {
    expect(spentBy(run, 6.5, 'A', false)).toEqual({
      letter: 'A',
      reverse: true,
      errors: [
        { x: 0, y: 1 },
        { x: 65, y: 0.4 },
        { x: 130, y: 0.2 },
      ],
      out: undefined,
    });
    expect(spentBy(run, undefined, 'A', false).errors).toEqual([]);
  });

  it('does not say by what it is trained while names are hidden', () => {
    expect(spentBy(run, 6.5, 'A', true).reverse).toBeUndefined();
    const other = (pins: Pinned) => spentBy({ ...run, config: resolveConfig(pins) }, 1, 'A', false).reverse;
    expect(other({ gradient: 'WP', scope: 'A' })).toBe(false);
    expect(other({ gradient: 'RFG' })).toBe(false);
  });

  it('whose settings were changed on the way has no such product', () => {
    const log = [...run.log, { step: 5, config: resolveConfig({ gradient: 'RFG' }) }];
    expect(spentBy({ ...run, log }, 6.5, 'A', false).out).toMatch(/settings changed/);
    expect(spentBy({ ...run, divergedAt: 12 }, 6.5, 'A', false).out).toBe('diverged');
  });
});
