import { describe, expect, it } from 'vitest';
import { trainerHere, until } from '../../tests/support/worker.ts';
import { resolveConfig } from '../training/presets.ts';
import type { MicroscopeAnswers, MicroscopeRequest } from './lane-microscope.ts';
import type { WorkerEvent } from './protocol.ts';

const view = { probe: [[0.1, 0.2]], silenced: [] };
const own = { part: 'open', estimator: 'own' } as const;

async function opened(pinned: Parameters<typeof resolveConfig>[0]) {
  let step = 0;
  const onEvent = (event: WorkerEvent) => {
    if (event.kind === 'telemetry') step = event.lanes[0].step;
  };
  const trainer = trainerHere(onEvent);
  const config = resolveConfig({ T: 6, batch: [8], hidden: [[4, 4]], init: 'uniform', ...pinned });
  await trainer.handle({ kind: 'open', lane: 'a', config, view });
  const ask = <P extends MicroscopeRequest['part']>(request: MicroscopeRequest & { part: P }) =>
    trainer.handle({ kind: 'microscope', lane: 'a', request }) as Promise<MicroscopeAnswers[P]>;
  return { trainer, ask, step: () => step };
}

describe('microscope', () => {
  it('draws in pieces while training goes on, at the weights it was opened at', async () => {
    const { trainer, ask, step } = await opened({ gradient: 'RFG', scope: 'L', K: 2, steps: 100000 });
    const setup = await ask(own);
    expect(setup).toMatchObject({ step: 0, method: 'SG-RFG-L', K: 2, draws: 200 });
    expect(setup.theory?.layers).toHaveLength(setup.layers.length);
    const before = await ask({ part: 'landscape' });
    await trainer.handle({ kind: 'play', pace: 'full' });
    let draws = 0;
    while (draws < 40) {
      const piece = await ask({ part: 'draw', most: 10 });
      expect(piece.first).toBe(draws);
      expect(piece.layerCosines[0]).toHaveLength(setup.layers.length);
      draws += piece.cosines.length;
    }
    await until(() => step() > 0);
    const plane = await ask({ part: 'plane', radius: 0.1, side: 3, from: 4 });
    expect(plane.from).toBe(4);
    expect(plane.losses[0]).toBeCloseTo(before.loss, 12);
    await trainer.handle({ kind: 'pause' });
    expect((await ask(own)).step).toBe(step());
  });

  it('draws for methods without estimates what another method would, and says so otherwise', async () => {
    for (const gradient of ['BP', 'RF', 'ANN'] as const) {
      const { ask } = await opened({ gradient });
      await expect(ask(own)).rejects.toThrow(new RegExp(`${gradient} has no estimate to show`));
      const setup = await ask({ part: 'open', estimator: { gradient: 'RFG', scope: 'G', K: 8 } });
      expect(setup.theory?.all).toBeGreaterThan(0);
      const { cosines } = await ask({ part: 'draw', most: 2 });
      expect(cosines.every((cosine) => cosine > 0)).toBe(true);
    }
  });

  it('draws node perturbation averaged over signs: without noise before the read-out', async () => {
    const { trainer, ask } = await opened({ gradient: 'BP', T: 16, batch: [64], hidden: [[8, 8]] });
    await trainer.handle({ kind: 'step', count: 20 });
    const setup = await ask({
      part: 'open',
      estimator: { gradient: 'WP', scope: 'A', law: 'mean', K: 1 },
    });
    expect(setup).toMatchObject({ method: 'WP-A', K: 1, theory: undefined });
    const [below, before, readOut] = ['hidden 1', 'hidden 2', 'read-out'].map((name) =>
      setup.layers.indexOf(name),
    );
    const cosines: (readonly number[])[] = [];
    while (cosines.length < 8) cosines.push(...(await ask({ part: 'draw', most: 8 })).layerCosines);
    const spread = (layer: number) => new Set(cosines.map((draw) => draw[layer])).size;
    expect(spread(below)).toBeGreaterThan(1);
    expect(spread(before)).toBe(1);
    expect(cosines[0][before]).toBeGreaterThan(0.3);
    expect(cosines[0][readOut]).toBeCloseTo(1, 5);
  });

  it('measures the line and the noise of WSG, and nothing before it is opened', async () => {
    const { ask } = await opened({ gradient: 'WP' });
    await expect(ask({ part: 'landscape' })).rejects.toThrow(/nothing of lane “a”/);
    await ask(own);
    const { loss } = await ask({ part: 'landscape' });
    const line = await ask({ part: 'line', range: 0.04, points: 5, from: 2 });
    expect(line.losses[0]).toBeCloseTo(loss, 12);
    const noise = await ask({ part: 'noise', sigma: 0.5, samples: 4 });
    expect(noise).toMatchObject({ sigma: 0.5, samples: 4 });
    expect(noise.deviation).toBeGreaterThan(0);
  });
});
