import { describe, expect, it } from 'vitest';
import { trainerHere, until } from '../../tests/support/worker.ts';
import { IndirectEngine } from '../training/indirect/engine.ts';
import { resolveConfig } from '../training/presets.ts';
import { referenceEngine } from '../training/reference-engine.ts';

const config = resolveConfig({
  experiment: 'reaction-diffusion',
  gradient: 'BP',
  T: 4,
  hidden: [[3]],
  rank: 2,
  batch: [3, 2, 2],
  steps: 5000,
  trainFunctions: 30,
  testFunctions: 28,
});

describe('live errors of a run whose evaluation is slow and at first cold', () => {
  it('begin with the training, while data stream in, and take a fifth of the time', async () => {
    let time = 0;
    let evaluating = 0;
    let cold = true;
    const engine = new IndirectEngine({
      ...referenceEngine,
      async advance([request], steps) {
        time += 2 * steps;
        return referenceEngine.advance([request], steps);
      },
      async outputs(network, theta, data) {
        // The probe's single row costs next to nothing.
        const took = data.target.length === 0 ? 0 : cold ? 2000 : 60;
        time += took;
        evaluating += took;
        return referenceEngine.outputs(network, theta, data);
      },
    });
    const measured: { step: number; at: number }[] = [];
    const trainer = trainerHere(
      (event) => {
        if (event.kind !== 'telemetry') return;
        for (const { step } of event.lanes[0].metrics) measured.push({ step, at: time });
      },
      {
        now: () => (time += 0.01),
        chooseEngine: async () => ({
          engine,
          report: { engine: 'reference', reason: 'for tests', trials: [] },
        }),
      },
    );
    await trainer.handle({ kind: 'open', lane: 'a', config, view: { probe: [], silenced: [] } });
    await trainer.handle({ kind: 'reset' });
    cold = false;
    const [begun, before] = [time, evaluating];
    measured.length = 0;
    await trainer.handle({ kind: 'play', pace: 'full' });
    await until(() => time - begun > 3000);
    const share = (evaluating - before) / (time - begun);
    await trainer.handle({ kind: 'pause' });
    const early = measured.filter(({ step, at }) => step > 0 && at - begun < 1000);
    expect(new Set(early.map(({ step }) => step)).size).toBeGreaterThanOrEqual(3);
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.25);
  });
});
