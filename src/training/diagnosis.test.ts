import { describe, expect, it } from 'vitest';
import type { Pinned } from './config.ts';
import { activityOf, diagnose, type Patient } from './diagnosis.ts';
import { resolveConfig } from './presets.ts';

const healthy: Patient = {
  config: resolveConfig({ gradient: 'RFG', scope: 'L', K: 1 }),
  losses: Float64Array.from({ length: 2000 }, (_, n) => 1 / (n + 10)),
  activity: [{ factor: 0, depth: 0, rate: 0.3, silent: 0.1, saturated: 0 }],
  error: 0.04,
  diverged: false,
};
const kinds = (changes: Partial<Patient>) =>
  diagnose({ ...healthy, ...changes }).map((finding) => finding.kind);

describe('diagnose', () => {
  it('finds nothing in a healthy run', () => expect(diagnose(healthy)).toEqual([]));

  it('names divergence and goes back with a smaller rate, or with Adam for raw estimates', () => {
    const [finding] = diagnose({ ...healthy, diverged: true });
    expect(finding).toMatchObject({
      kind: 'diverged',
      remedy: { seekTo: 1799, pins: { rate: expect.closeTo(healthy.config.rate / 10, 12) } },
    });
    const [raw] = diagnose({ ...healthy, diverged: true, config: { ...healthy.config, optimiser: 'sgd' } });
    expect(raw.remedy.pins.optimiser).toBe('adam');
  });

  it('goes back to before the loss rose, and at once to a usual rate', () => {
    const losses = Float64Array.from({ length: 500 }, (_, n) => (n < 400 ? 0.1 : 10 ** (n - 400)));
    const config = resolveConfig({ optimiser: 'sgd', rate: 100 });
    const [{ remedy }] = diagnose({ ...healthy, losses, config, diverged: true });
    expect(remedy).toMatchObject({ seekTo: 359, pins: { rate: 0.02 } });
    const [atOnce] = diagnose({ ...healthy, losses: Float64Array.of(0.3, 1e9), config, diverged: true });
    expect(atOnce.remedy.seekTo).toBe(0);
    const [soon] = diagnose({
      ...healthy,
      losses: Float64Array.of(0.3, 1e5, 1e9, 1e14),
      config,
      diverged: true,
    });
    expect(soon.remedy.seekTo).toBe(0);
    const stuck = Float64Array.from({ length: 40 }, (_, n) => (n === 0 ? 0.3 : 1e17));
    const [late] = diagnose({ ...healthy, losses: stuck, config, diverged: true });
    expect(late.remedy.seekTo).toBe(0);
    const [none] = diagnose({ ...healthy, losses: new Float64Array(0), config, diverged: true });
    expect(none.remedy.seekTo).toBe(0);
  });

  it('names a silent and a saturated layer', () => {
    expect(kinds({ activity: [{ factor: 0, depth: 0, rate: 0, silent: 1, saturated: 0 }] })).toEqual([
      'silent',
    ]);
    expect(kinds({ activity: [{ factor: 0, depth: 1, rate: 1, silent: 0, saturated: 1 }] })).toEqual([
      'saturated',
    ]);
  });

  it('widens the surrogate where the threshold cannot go further, and offers nothing that changes nothing', () => {
    const silent = [{ factor: 0, depth: 0, rate: 0, silent: 1, saturated: 0 }];
    const least = (pins: Pinned) => ({
      activity: silent,
      config: resolveConfig({ threshold: 0.1, ...pins }),
    });
    expect(diagnose({ ...healthy, ...least({}) })[0].remedy.pins).toEqual({ sigma: 1 });
    expect(kinds(least({ sigma: 5 }))).toEqual([]);
  });

  it('names a plateau only where the error is large and no longer falls', () => {
    const flat = new Float64Array(2000).fill(0.1);
    expect(kinds({ losses: flat, error: 0.5 })).toEqual(['plateau']);
    expect(kinds({ losses: flat, error: 0.03 })).toEqual([]);
    expect(kinds({ losses: flat.subarray(0, 100), error: 0.5 })).toEqual([]);
    expect(kinds({ error: 0.5 })).toEqual([]);
  });

  it('every remedy is an allowed configuration', () => {
    const patients: Partial<Patient>[] = [
      { diverged: true },
      { activity: [{ factor: 0, depth: 0, rate: 0, silent: 1, saturated: 0 }] },
      { activity: [{ factor: 0, depth: 0, rate: 1, silent: 0, saturated: 1 }] },
      { losses: new Float64Array(2000).fill(0.1), error: 0.5 },
    ];
    const extremes = [
      healthy.config,
      resolveConfig({ gradient: 'RFG', K: 32, rate: 1e-7, threshold: 0.1 }),
      resolveConfig({ rate: 100, threshold: 10 }),
    ];
    for (const patient of patients)
      for (const config of extremes)
        for (const { remedy } of diagnose({ ...healthy, ...patient, config }))
          expect(() => resolveConfig({ ...config, ...remedy.pins })).not.toThrow();
  });
});

describe('activityOf', () => {
  it('counts mean rate, silent and saturated neurons', () => {
    const rates = Float64Array.of(0, 1, 0.5, 0, 0, 1, 0.25, 0.5);
    const [activity] = activityOf({ rates: [rates], spikes: [], membranes: [] }, 2, [4]);
    expect(activity).toEqual({ factor: 2, depth: 0, rate: 3.25 / 8, silent: 0.25, saturated: 0.25 });
  });
});
