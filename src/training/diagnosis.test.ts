import { describe, expect, it } from 'vitest';
import type { Pinned } from './config.ts';
import { activityOf, diagnose, type RunObservation } from './diagnosis.ts';
import { changeBetween, resolveConfig } from './presets.ts';

const healthy: RunObservation = {
  config: resolveConfig({ gradient: 'RFG', scope: 'L', K: 1 }),
  losses: Float64Array.from({ length: 2000 }, (_, n) => 1 / (n + 10)),
  activity: [{ factor: 0, depth: 0, firingRate: 0.3, silent: 0.1, saturated: 0 }],
  error: 0.04,
  diverged: false,
};
const silent = [{ factor: 0, depth: 0, firingRate: 0, silent: 1, saturated: 0 }];
const saturated = [{ factor: 0, depth: 1, firingRate: 1, silent: 0, saturated: 1 }];
const flat = new Float64Array(2000).fill(0.1);
const kinds = (changes: Partial<RunObservation>) =>
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
    expect(raw.remedy?.pins.optimiser).toBe('adam');
  });

  it('goes back to before the loss rose, and at once to a usual rate', () => {
    const losses = Float64Array.from({ length: 500 }, (_, n) => (n < 400 ? 0.1 : 10 ** (n - 400)));
    const config = resolveConfig({ optimiser: 'sgd', rate: 100 });
    const [{ remedy }] = diagnose({ ...healthy, losses, config, diverged: true });
    expect(remedy).toMatchObject({ seekTo: 359, pins: { rate: 0.02 } });
    const [atOnce] = diagnose({ ...healthy, losses: Float64Array.of(0.3, 1e9), config, diverged: true });
    expect(atOnce.remedy?.seekTo).toBe(0);
    const [soon] = diagnose({
      ...healthy,
      losses: Float64Array.of(0.3, 1e5, 1e9, 1e14),
      config,
      diverged: true,
    });
    expect(soon.remedy?.seekTo).toBe(0);
    const stuck = Float64Array.from({ length: 40 }, (_, n) => (n === 0 ? 0.3 : 1e17));
    const [late] = diagnose({ ...healthy, losses: stuck, config, diverged: true });
    expect(late.remedy?.seekTo).toBe(0);
    const [none] = diagnose({ ...healthy, losses: new Float64Array(0), config, diverged: true });
    expect(none.remedy?.seekTo).toBe(0);
  });

  it('names a silent and a saturated layer', () => {
    expect(kinds({ activity: [{ factor: 0, depth: 0, firingRate: 0, silent: 1, saturated: 0 }] })).toEqual([
      'silent',
    ]);
    expect(kinds({ activity: [{ factor: 0, depth: 1, firingRate: 1, silent: 0, saturated: 1 }] })).toEqual([
      'saturated',
    ]);
  });

  it('widens the surrogate where the threshold cannot go further, and offers nothing that changes nothing', () => {
    const least = (pins: Pinned) => ({
      activity: silent,
      config: resolveConfig({ threshold: 0.1, ...pins }),
    });
    expect(diagnose({ ...healthy, ...least({}) })[0].remedy?.pins).toEqual({ sigma: 1 });
    expect(kinds(least({ sigma: 5 }))).toEqual([]);
  });

  it('names a plateau only where the error is large and no longer falls', () => {
    expect(kinds({ losses: flat, error: 0.5 })).toEqual(['plateau']);
    expect(kinds({ losses: flat, error: 0.03 })).toEqual([]);
    expect(kinds({ losses: flat.subarray(0, 100), error: 0.5 })).toEqual([]);
    expect(kinds({ error: 0.5 })).toEqual([]);
  });

  it('every remedy is an allowed configuration and another than the present one', () => {
    const runs: Partial<RunObservation>[] = [
      { diverged: true },
      { losses: Float64Array.of(0.1, 1e5, 1e9) },
      { activity: silent },
      { activity: saturated },
      { activity: silent, sound: { step: 10, config: healthy.config } },
      { losses: flat, error: 0.5 },
      { losses: flat, error: 0.5, firstError: 0.5 },
    ];
    const extremes = [
      {},
      { rateFactors: [0] },
      { rateFactors: [0, 1, 1e-6], stabiliser: 1 },
      { gradient: 'RFG', K: 32, threshold: 0.1 },
      { threshold: 10, T: 1 },
    ] as const;
    let remedies = 0;
    for (const run of runs)
      for (const extreme of extremes)
        for (const rate of [1e-7, 1e-4, 0.006, 0.02, 1, 100])
          for (const optimiser of ['adam', 'sgd', 'normalised'] as const)
            for (const schedule of ['constant', 'cosine'] as const) {
              const config = resolveConfig({ ...extreme, rate, optimiser, schedule });
              for (const { remedy } of diagnose({ ...healthy, ...run, config })) {
                if (!remedy) continue;
                remedies++;
                const next = resolveConfig({ ...config, ...remedy.pins });
                expect(changeBetween(config, next).kind, remedy.label).toBe('keep');
              }
            }
    expect(remedies).toBeGreaterThan(100);
  });
});

describe('a rate that is too large', () => {
  const config = resolveConfig({ optimiser: 'sgd', rate: 100, schedule: 'constant' });
  const sound = { step: 0, config };

  it('is said before silence while the loss is far above its start', () => {
    // What this run does: the second layer falls silent as the loss runs away.
    const losses = Float64Array.of(0.144, 7.03e4, 4.9e9, 3.4e14, 4.35e18);
    const found = diagnose({ ...healthy, config, losses, activity: silent, sound, error: 2.35e14 });
    expect(found.map(({ kind }) => kind)).toEqual(['runaway', 'silent']);
    expect(found[0].cause).toContain('learning rate 100 is too large');
    for (const { remedy } of found) expect(remedy).toMatchObject({ seekTo: 0, pins: { rate: 0.02 } });
  });

  it('is named from the second step on, and with plain SGD on a raw estimate Adam is offered', () => {
    const losses = Float64Array.of(0.144, 7.03e4);
    expect(diagnose({ ...healthy, config, losses })[0]).toMatchObject({ kind: 'runaway' });
    const raw = resolveConfig({ gradient: 'RFG', optimiser: 'sgd', rate: 1 });
    expect(diagnose({ ...healthy, config: raw, losses })[0].remedy?.pins).toEqual({
      optimiser: 'adam',
      rate: resolveConfig({ gradient: 'RFG' }).rate,
    });
  });

  it('is not blamed for the noise of a batch, nor for what the run has recovered from', () => {
    expect(kinds({ losses: Float64Array.of(0.05, 0.4, 0.3, 0.2) })).toEqual([]);
    const recovered = Float64Array.from({ length: 400 }, (_, n) => (n === 0 ? 0.144 : 50 * 0.9 ** n));
    expect(kinds({ losses: recovered })).toEqual([]);
  });

  it.each(['silent', 'saturated'] as const)('is the cause when a layer that fired falls %s', (kind) => {
    const fast = resolveConfig({ rate: 1 });
    const losses = Float64Array.from({ length: 400 }, () => 0.0528);
    const activity = kind === 'silent' ? silent : saturated;
    const run = { ...healthy, config: fast, losses, activity, error: 0.663 };
    const [finding] = diagnose({ ...run, sound: { step: 20, config: fast } });
    expect(finding).toMatchObject({ kind, remedy: { seekTo: 18, pins: { rate: 0.02 } } });
    expect(finding.what).toContain('fired as it should at step 20');
    // A loss far above the first, however soon it falls again, has moved the weights where most neurons stay silent.
    const thrown = losses.with(0, 0.14).with(7, 53);
    const [back] = diagnose({ ...run, losses: thrown, sound: { step: 20, config: fast } });
    expect(back).toMatchObject({ kind, remedy: { seekTo: 5, pins: { rate: 0.02 } } });
    // Another threshold since then is the nearer cause.
    const raised = { step: 20, config: resolveConfig({ rate: 1, threshold: 0.3 }) };
    expect(diagnose({ ...run, sound: raised })[0].remedy?.pins).toHaveProperty('threshold');
    expect(diagnose(run)[0].remedy?.pins).toEqual({ threshold: kind === 'silent' ? 0.5 : 2 });
  });
});

describe('a plateau', () => {
  const stuck = (
    pins: Pinned,
    errors: Partial<RunObservation> = { error: 0.6, firstError: 1 },
    losses = flat,
  ) => diagnose({ ...healthy, config: resolveConfig(pins), losses, ...errors })[0];
  const still = { error: 0.999, firstError: 1 };

  it('of a rate that moves nothing is left by the usual one', () => {
    const finding = stuck({ rate: 1e-7, schedule: 'constant' }, still);
    expect(finding.cause).toContain('At the rate 1e-7 hardly anything changes');
    expect(finding.remedy).toEqual({ label: 'Raise the rate to 0.02', pins: { rate: 0.02 } });
    const forward = stuck({ gradient: 'RFG', rate: 1e-7, schedule: 'constant' }, still);
    expect(forward.remedy?.pins).toEqual({ rate: resolveConfig({ gradient: 'RFG' }).rate });
  });

  it('is one although the noise of small batches lets the loss seem to fall', () => {
    const noisy = Float64Array.from({ length: 450 }, (_, n) => (n < 300 ? 0.12 : 0.1));
    expect(stuck({ rate: 1e-7, schedule: 'constant' }, still, noisy).remedy?.pins).toEqual({ rate: 0.02 });
    expect(stuck({}, { error: 0.6, firstError: 1 }, noisy)).toBeUndefined();
  });

  it('without Adam is told by the error: what has not moved is given ten times the rate', () => {
    const sgd = { optimiser: 'sgd', rate: 1e-4, schedule: 'constant' } as const;
    expect(stuck(sgd, still).remedy?.pins).toEqual({ rate: 0.001 });
    expect(stuck({ ...sgd, rate: 0.03 }).remedy?.pins).toEqual({ rate: 0.01 });
  });

  it('of layers whose rate factors hold them is left by other factors, not by a lower rate', () => {
    const none = stuck({ rateFactors: [0], schedule: 'constant' }, still);
    expect(none.cause).toBe('The rate factor of every layer is 0: no weight changes, whatever the rate.');
    expect(none.remedy).toEqual({ label: 'Set the rate factors to 1', pins: { rateFactors: [1] } });
    for (const optimiser of ['adam', 'sgd', 'normalised'] as const)
      expect(stuck({ rateFactors: [0, 0, 0], optimiser, rate: 1 }, still).remedy?.pins).toEqual({
        rateFactors: [1],
      });
    const method = { gradient: 'RFG', scope: 'G', rateFactors: [0] } as const;
    const usual = resolveConfig({ gradient: 'RFG', scope: 'G' }).rateFactors;
    expect(stuck(method, still).remedy?.pins).toEqual({ rateFactors: usual });

    const tiny = stuck({ rateFactors: [1e-4], schedule: 'constant' }, still);
    expect(tiny.cause).toContain('The rate factors are 0.0001 at most: hardly anything changes');
    expect(tiny.remedy?.pins).toEqual({ rateFactors: [1] });

    const some = stuck({ rateFactors: [0, 1, 0.5] });
    expect(some.cause).toContain('The rate factor of layer 1 of 3 is 0');
    expect(some.remedy?.pins).toEqual({ rateFactors: [1, 1, 0.5] });
    expect(stuck({ rateFactors: [1, 0, 0] }).cause).toContain('of the layers 2, 3 of 3 is 0');
    // A rate far above the usual one is the nearer cause.
    expect(stuck({ rateFactors: [0, 1, 1], rate: 1 }).remedy?.pins).toEqual({ rate: 0.02 });
  });

  it('of a schedule that ends at 0 or of a large ε of Adam is not left by a lower rate', () => {
    const ended = stuck({ steps: 2000, finalFraction: 0 }, still);
    expect(ended.cause).toContain('The schedule has brought the rate down to 0');
    expect(ended.remedy?.pins).toEqual({ steps: 4000 });
    const stabilised = stuck({ stabiliser: 1, schedule: 'constant' }, still);
    expect(stabilised.cause).toContain('Adam’s ε = 1 is far above the gradient');
    expect(stabilised.remedy?.pins).toEqual({ stabiliser: 1e-8 });
    expect(stuck({ stabiliser: 1, schedule: 'constant' }).cause).not.toContain('ε');
  });

  it('after the end of the schedule is left by a longer one', () => {
    const finding = stuck({ steps: 2000 });
    expect(finding.cause).toContain('The schedule has brought the rate down to 0.0002');
    expect(finding.remedy).toEqual({ label: 'Stretch the schedule to 4000 steps', pins: { steps: 4000 } });
  });

  it('at a usual rate is given a lower one once; then nothing is offered that would repeat itself', () => {
    const [first, second] = [stuck({}), stuck({ rate: 0.0067 })];
    expect(first.remedy?.pins).toEqual({ rate: 0.0067 });
    expect(second.remedy).toBeUndefined();
    expect(second.cause).toContain('this network may do no better');
  });

  it('at a rate far above the usual one goes there, before directions are averaged', () => {
    expect(stuck({ gradient: 'RFG', rate: 1 }).remedy?.pins).toEqual({ rate: 0.006 });
    expect(stuck({ gradient: 'RFG' }).remedy?.pins).toEqual({ K: 32 });
  });
});

describe('activityOf', () => {
  it('counts mean rate, silent and saturated neurons', () => {
    const rates = Float64Array.of(0, 1, 0.5, 0, 0, 1, 0.25, 0.5);
    const [activity] = activityOf({ rates: [rates], spikes: [], membranes: [] }, 2, [4]);
    expect(activity).toEqual({ factor: 2, depth: 0, firingRate: 3.25 / 8, silent: 0.25, saturated: 0.25 });
  });
});
