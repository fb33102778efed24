import { describe, expect, it } from 'vitest';
import { EXPERIMENTS } from '../experiments/table.ts';
import { createWasmEngine } from '../kernels/wasm/engine.ts';
import { generateNow } from '../problems/problem.ts';
import { gather } from '../snn/batch.ts';
import type { Dataset } from '../snn/network.ts';
import type { Pinned } from '../training/config.ts';
import type { Engine } from '../training/engine.ts';
import { resolveConfig } from '../training/presets.ts';
import { referenceEngine } from '../training/reference-engine.ts';
import { problemParams } from '../training/specs.ts';
import { evaluate, layerActivity, layerRates, probeTrace } from './evaluation.ts';
import { LaneRun } from './lane-run.ts';

const small: Pinned = { T: 6, trainFunctions: 12, testFunctions: 10, hidden: [[5]], rank: 3 };

function run(pinned: Pinned): LaneRun {
  const config = resolveConfig({ ...small, ...pinned });
  return new LaneRun(config, generateNow(EXPERIMENTS[config.experiment], problemParams(config)), {
    probe: [],
    silenced: [],
  });
}

/** The engine, and what was asked of it. */
function counting(engine: Engine) {
  const calls: string[] = [];
  const counted: Engine = {
    name: engine.name,
    advance: (...call) => engine.advance(...call),
    gradient: (...call) => engine.gradient(...call),
    outputs(...call) {
      calls.push('outputs');
      return engine.outputs(...call);
    },
    trace(...call) {
      calls.push('trace');
      return engine.trace(...call);
    },
    dispose: () => engine.dispose(),
  };
  return { calls, counted };
}

/** One row of each factor. */
const rowsOf = (data: Dataset, rows: readonly number[]): Dataset =>
  gather(
    { ...data, target: new Float64Array(0) },
    rows.map((row) => Uint32Array.of(row)),
  );

describe.each([
  ['reference', 1e-12],
  ['wasm', 1e-5],
] as const)('the trace at the probe on %s', (name, tolerance) => {
  it.each([
    ['hat', 1, { experiment: 'hat', hidden: [[5, 4]] }],
    ['Poisson', 2, { experiment: 'poisson' }],
    ['reaction-diffusion', 3, { experiment: 'reaction-diffusion' }],
  ] as const)(
    'of %s takes %d calls and is what the network puts out and fires there',
    async (_, M, pinned) => {
      const engine = name === 'wasm' ? await createWasmEngine() : referenceEngine;
      const { calls, counted } = counting(engine);
      const start = run({ ...small, ...pinned } as Pinned).shown;
      // Some initial weights are zero: those of the hat's read-out.
      const moved = start.theta.map((weight, i) => Math.fround(weight + 0.3 * Math.sin(i)));
      const shown = { ...start, theta: moved };
      const got = await probeTrace(counted, shown);
      expect(calls).toEqual(new Array(M).fill('trace'));

      const { network, theta, data } = shown;
      const { test, unit } = data;
      const row = rowsOf(
        test,
        test.factors.map(({ rows }, m) => (m === 0 ? 0 : rows >> 1)),
      );
      const [output] = await engine.outputs(network, theta, row);
      expect(Math.abs(output)).toBeGreaterThan(0);
      expect(Math.abs(got.output - output * unit)).toBeLessThan(
        tolerance * Math.max(1, Math.abs(output * unit)),
      );
      for (let m = 0; m < M; m++) {
        const alone = await engine.trace(network, theta, m, row);
        expect(got.spikes[m]).toEqual(alone.spikes);
        expect(got.membranes[m]).toEqual(alone.membranes.map((layer) => Float32Array.from(layer)));
      }
      const stated = await engine.outputs(network, theta, test);
      for (const [n, y] of got.functions?.answer.entries() ?? [])
        expect(Math.abs(y - stated[n] * unit)).toBeLessThan(Math.max(1e-6, tolerance));
    },
  );
});

describe.each(['poisson', 'reaction-diffusion'] as const)('%s', (experiment) => {
  const lane = run({ experiment });
  const { shown } = lane;

  it('opens with data that a message can carry', () => {
    expect(structuredClone(lane.opened).operator?.forcings.length).toBe(
      10 * (lane.opened.operator?.nodes.length ?? 0),
    );
  });

  it('has an error for each test function and their mean', async () => {
    const { errors, error, values } = await evaluate(referenceEngine, shown, 'stated');
    expect(errors).toHaveLength(10);
    expect(error).toBeCloseTo(errors.reduce((sum, e) => sum + e, 0) / 10, 6);
    expect(values).toHaveLength(lane.opened.test.target.length);
  });

  it('the factors’ product at the probe is the network’s answer for that function', async () => {
    const { functions, spikes } = await probeTrace(referenceEngine, shown);
    const { values } = await evaluate(referenceEngine, shown, 'stated');
    const answer = functions?.answer ?? new Float32Array();
    expect(Array.from(answer)).toEqual(
      Array.from(values.subarray(0, answer.length), (v) => expect.closeTo(v, 6)),
    );
    expect(functions?.coefficients).toHaveLength(3);
    expect(spikes).toHaveLength(experiment === 'poisson' ? 2 : 3);
  });

  it('falls back to the test data where the view asks for rows of another experiment', async () => {
    const own = await probeTrace(referenceEngine, lane.shown);
    lane.view = { probe: [[0.2, -0.35]], probeScales: [7], silenced: [] };
    expect(await probeTrace(referenceEngine, lane.shown)).toEqual(own);
    lane.view = { probe: [], silenced: [] };
  });

  it('a function of zero, drawn by hand, is answered with zero', async () => {
    lane.view = {
      probe: [new Array(lane.opened.test.factors[0].width).fill(0)],
      probeScales: [0],
      silenced: [],
    };
    const { functions } = await probeTrace(referenceEngine, lane.shown);
    expect(functions?.answer.every((value) => Math.abs(value) === 0)).toBe(true);
    lane.view = { probe: [], silenced: [] };
  });

  it('counts activity and rates in every factor', async () => {
    const activity = await layerActivity(referenceEngine, shown);
    expect(activity.map((layer) => layer.factor)).toEqual(experiment === 'poisson' ? [0, 1] : [0, 1, 2]);
    const rates = await layerRates(referenceEngine, shown, 1, 0);
    expect(rates).toHaveLength(lane.opened.coarse.factors[1].rows * 5);
  });
});
