import { describe, expect, it } from 'vitest';
import { forwardMode } from '../../../snn/forward-mode.ts';
import type { Pinned } from '../../../training/config.ts';
import type { ExplainedStep } from '../../../training/explain.ts';
import { resolveConfig } from '../../../training/presets.ts';
import { specsOf } from '../../../training/specs.ts';
import { stageEdges } from './stage-edges.ts';

const INPUTS = [0.3, -0.6];

function contextOf(pinned: Pinned) {
  const config = resolveConfig({ ...pinned, hidden: [[5, 4]], T: 6 });
  const { network, layout } = specsOf(config);
  const wave = (k: number) => Float64Array.from({ length: layout.size }, (_, j) => Math.sin(k * (j + 1)));
  const theta = wave(1.7).map((value) => value + 0.3);
  const direction = wave(9.1).map((value) => Math.sign(value));
  const explained = {
    direction: Float32Array.from(direction),
    derivatives: Float64Array.of(0.2, -0.4, 0.1),
    estimate: wave(3.3),
  } as unknown as ExplainedStep;
  const context = { config, network, layout, explained, parameters: layout.size };
  return { context, theta, direction, moment: { theta, inputs: [INPUTS] } };
}

describe('what a stage puts on the edges', () => {
  it('tangents into the read-out sum up to the tangent of the output', () => {
    const { context, theta, direction, moment } = contextOf({ gradient: 'RFG', scope: 'G' });
    const { network, layout } = context;
    const { values } = stageEdges('forward', context, moment);
    const readout = layout.layers[layout.heads[0].layers[0]];
    const sum = Float64Array.from(values)
      .subarray(readout.weights, readout.end)
      .reduce((a, b) => a + b, 0);
    const data = {
      factors: [{ rows: 1, width: 2, inputs: Float64Array.from(INPUTS), scale: Float64Array.of(1) }],
      target: Float64Array.of(0),
    };
    const surrogate = { kind: 'SG' as const, sigma: context.config.sigma, samples: 1 };
    const { outputTangents } = forwardMode(network, theta, data, [{ direction, from: [0] }], surrogate);
    expect(Math.abs(sum)).toBeGreaterThan(0.01);
    expect(sum).toBeCloseTo(outputTangents[0][0], 10);
  });

  it('one number under G, one a layer under L', () => {
    const numbers = (scope: 'G' | 'L') => {
      const { context, moment } = contextOf({ gradient: 'RFG', scope });
      return new Set(Array.from(stageEdges('numbers', context, moment).values));
    };
    expect([...numbers('G')]).toEqual([0.2]);
    expect([...numbers('L')]).toEqual([0.2, -0.4, 0.1]);
  });

  it('the reverse scan carries nothing to the inputs and W Ū to every hidden neuron', () => {
    const { context, theta, moment } = contextOf({ gradient: 'BP' });
    const [first, second] = context.layout.layers;
    const { values } = stageEdges('backward', context, moment);
    expect(
      Array.from(values)
        .slice(first.weights, first.end)
        .every((v) => v === 0),
    ).toBe(true);
    expect(values[second.weights]).toBeCloseTo(
      theta[second.weights] * context.explained.estimate[second.biases],
    );
  });
});
