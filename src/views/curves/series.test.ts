import { describe, expect, it } from 'vitest';
import { firstRun } from '../../state/first-run.ts';
import { LossSeries } from '../../state/loss-series.ts';
import { resolveConfig } from '../../training/presets.ts';
import { allRows, errorsText, lossText, methodAt, thinnedRows } from './series.ts';
import { describeCurves } from './summary.ts';

const changes = [{ step: 2, method: 'SG-RFG-L', before: 'SG-BP' }];

function run(count: number) {
  const losses = new LossSeries();
  losses.replace(
    0,
    Float64Array.from({ length: count }, (_, i) => 1 / (i + 1)),
  );
  return {
    config: resolveConfig({ gradient: 'RFG' }),
    changes,
    losses,
    metrics: [
      { step: 0, value: 1, grid: 'coarse' as const },
      { step: count, value: 0.1, grid: 'stated' as const },
    ],
  };
}

describe('rows of a run', () => {
  it('hold losses, errors and the method of each step', () => {
    const rows = allRows(run(3));
    expect(rows).toEqual([
      { step: 0, method: 'SG-BP', loss: 1, coarse: 1, stated: undefined },
      { step: 1, method: 'SG-BP', loss: 0.5, coarse: undefined, stated: undefined },
      { step: 2, method: 'SG-RFG-L', loss: 1 / 3, coarse: undefined, stated: undefined },
      { step: 3, method: 'SG-RFG-L', loss: undefined, coarse: undefined, stated: 0.1 },
    ]);
  });

  it('of the recorded run have no loss that was not measured', () => {
    const recorded = firstRun(resolveConfig({}));
    if (!recorded.losses || !recorded.metrics) throw new Error('no recorded run');
    const { losses, metrics } = recorded;
    const rows = allRows({ config: resolveConfig({}), changes: [], losses, metrics });
    expect(rows.filter((row) => row.loss !== undefined)).toHaveLength(0);
    expect(rows).toHaveLength(new Set(metrics.map(({ step }) => step)).size);
    expect(lossText(losses, 1)).toMatch(/^≈ 0\.\d{1,3}$/);
    // Trained on from step 100, it has the losses from there on.
    losses.replace(100, Float64Array.of(0.0123456, 0.0234567));
    expect(allRows({ config: resolveConfig({}), changes: [], losses, metrics: [] })).toMatchObject([
      { step: 100, loss: 0.0123456 },
      { step: 101, loss: 0.0234567 },
    ]);
    expect(lossText(losses, 100)).toBe('0.0123');
    expect(lossText(losses, 99)).toMatch(/^≈/);
  });

  it('are thinned evenly over log time, with both ends', () => {
    const thinned = thinnedRows(allRows(run(5000)), 20);
    expect(thinned.length).toBeLessThanOrEqual(20);
    expect(thinned[0].step).toBe(0);
    expect(thinned[thinned.length - 1].step).toBe(5000);
    expect(thinnedRows(allRows(run(3)), 20)).toHaveLength(4);
  });

  it('name the method before the first change', () => {
    expect(methodAt(1, changes, 'SG-RFG-L')).toBe('SG-BP');
    expect(methodAt(2, changes, 'SG-RFG-L')).toBe('SG-RFG-L');
    expect(methodAt(7, [], 'WP-G')).toBe('WP-G');
  });
});

describe('errors of a run in words', () => {
  const metrics = [
    { step: 0, value: 1.2, grid: 'coarse' as const },
    { step: 10, value: 0.1, grid: 'coarse' as const },
    { step: 10, value: 0.2, grid: 'stated' as const },
    { step: 20, value: 0.05, grid: 'coarse' as const },
  ];

  it('name the measure, and put beside each other only what is of the same weights', () => {
    expect(errorsText(metrics, 5)).toBe('live 1.20');
    expect(errorsText(metrics, 12)).toBe('live 0.100, at rest 0.200');
    expect(errorsText(metrics, 25)).toBe('live 0.0500');
    expect(errorsText([], 3)).toBe('–');
    expect(errorsText([{ step: 1, value: 0.5, grid: 'stated' }], 3)).toBe('at rest 0.500');
  });

  it('follow one measure from first to last', () => {
    const log = [{ step: 0, config: resolveConfig({}) }];
    const run_ = { ...run(3), log, changes: [], end: 20, metrics: [...metrics, { ...metrics[2], step: 20 }] };
    const said = describeCurves(run_);
    expect(said).toContain('Relative L2 error, live, from 1.20 at step 0 to 0.0500 at step 20, least 0.0500');
    expect(said).toContain('at rest 0.200 at step 20');
    expect(said).toContain('Curves over 20 training steps with');
    expect(describeCurves({ ...run(1), log, changes: [], end: 1 })).toContain(
      'Curves over 1 training step with',
    );
  });
});
