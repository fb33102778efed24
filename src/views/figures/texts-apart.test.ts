import { describe, expect, it } from 'vitest';
import { textFaults, textFrame } from '../../../tests/support/canvas-text.ts';
import { LossSeries } from '../../state/loss-series.ts';
import { resolveConfig } from '../../training/presets.ts';
import type { ProbeTrace } from '../../worker/protocol.ts';
import { drawCompare } from '../compare/draw-compare.ts';
import { drawLaneAnswer, drawLaneRaster } from '../compare/draw-lane.ts';
import { drawCurves as drawRunCurves } from '../curves/draw-curves.ts';
import { drawCurves } from '../operator/curve.ts';
import type { Frame } from './canvas/surface.ts';
import { diagramOf } from './network/diagram.ts';
import { drawNodes } from './network/draw-nodes.ts';
import { networkOf } from './network-of.ts';
import { drawColourBar } from './prediction/colour-bar.ts';
import { drawInput, inputHeight } from './spikes/draw-input.ts';
import { drawMembrane } from './spikes/draw-membrane.ts';
import { drawRaster, rasterBox } from './spikes/draw-raster.ts';
import { membranePath, potentialRange } from './spikes/membrane.ts';
import { rasterLayers } from './spikes/raster.ts';
import { drawSurrogate } from './surrogate/draw-surrogate.ts';

const T = 64;
const at = { factor: 0, depth: 0, neuron: 0, time: T, playing: false, picked: true };
const small = Float32Array.from({ length: 40 }, (_, i) => 1.2e-12 * Math.sin(i));
const xs = Float32Array.from({ length: 40 }, (_, i) => -1 + i / 19.5);
const metrics = [0, 1, 1000, 1_000_000].map((step, k) => ({
  step,
  value: k === 3 ? 1.2e-12 : 1,
  grid: 'coarse' as const,
}));

function shownNetwork(experiment: 'hat' | 'poisson' | 'reaction-diffusion') {
  const { network, widths } = networkOf(resolveConfig({ experiment, T }));
  const trace: ProbeTrace = {
    T,
    spikes: widths.map((depths) => depths.map((width) => new Uint8Array(T * width).fill(1))),
    membranes: widths.map((depths) => depths.map((width) => new Float32Array(T * width).fill(-1.5))),
    output: -0.00123,
  };
  return { network, widths, trace };
}

/** Drawings with the longest numbers that come up: a million steps, errors of 10⁻¹². */
const DRAWINGS: Record<string, { readonly least: readonly [number, number]; draw: (frame: Frame) => void }> =
  {
    'error and loss': {
      least: [200, 150],
      draw: (frame) => {
        const losses = new LossSeries();
        losses.replace(0, Float64Array.of(1, 1.2e-12));
        const run = { losses, metrics, changes: [], step: 1_000_000, end: 1_000_000 };
        drawRunCurves(frame, { run, last: 1_000_000, paper: 1.2e-10 });
      },
    },
    'curves of ten lanes': {
      least: [220, 150],
      draw: (frame) => {
        const points = metrics.map(({ step, value }) => ({ x: step, y: value }));
        const curves = Array.from({ length: 10 }, (_, position) => ({
          ...{ position, errors: points, losses: points, changes: [] },
        }));
        for (const axis of ['steps', 'passes', 'time'] as const)
          if (axis === 'steps') drawCompare(frame, { axis, curves, last: 1_000_000 });
      },
    },
    'curves over a coordinate': {
      least: [150, 60],
      draw: (frame) =>
        drawCurves(frame, {
          lines: [{ x: xs, y: small, name: 'error', look: 'error' }],
          ...{ from: -1, to: 1, low: -1.2e-12, high: 1.2e-12, xLabel: 'x' },
        }),
    },
    'a lane’s answer': {
      least: [140, 60],
      draw: (frame) =>
        drawLaneAnswer(frame, xs, { exact: small, answer: small, error: small, high: 1.2e-12 }),
    },
    'a colour bar': {
      least: [90, 40],
      draw: (frame) =>
        drawColourBar(
          frame,
          { left: 12, top: 4, width: frame.width - 24, height: 8 },
          {
            lut: new Uint8ClampedArray(1024) as never,
            ...{ from: -1.2e-12, to: 1.2e-12, ticks: [-1.2e-12, 0, 1.2e-12], open: true },
          },
        ),
    },
    'a membrane': {
      least: [220, 70],
      draw: (frame) => {
        const membranes = Float32Array.from({ length: T }, (_, t) => t % 7);
        const spec = { threshold: 1, leak: 1, reset: 'subtract' } as const;
        const path = membranePath(membranes, new Uint8Array(T), 1, 0, spec);
        const picture = { path, range: potentialRange(path, 1), threshold: 1, T, time: T };
        drawMembrane(frame, picture);
      },
    },
    'a surrogate': {
      least: [240, 90],
      draw: (frame) =>
        drawSurrogate(frame, {
          surrogate: { kind: 'SG', sigma: 0.125 } as never,
          ...{ deltas: [], draws: 0, most: 0.05, half: 10, caption: '100 % of the membranes within 2σ' },
        }),
    },
  };
for (const experiment of ['hat', 'poisson', 'reaction-diffusion'] as const) {
  const { network, widths, trace } = shownNetwork(experiment);
  DRAWINGS[`a lane’s raster: ${experiment}`] = {
    least: [120, 45],
    draw: (frame) => drawLaneRaster(frame, network, widths, trace, at),
  };
  DRAWINGS[`a raster: ${experiment}`] = {
    least: [220, 90],
    draw: (frame) => {
      const layers = rasterLayers(widths, rasterBox(frame.width, frame.height).height, at);
      drawRaster(frame, { trace, network, layers, selected: at, silenced: [] });
    },
  };
  DRAWINGS[`a raster below what is read: ${experiment}`] = {
    least: [220, 130],
    draw: (frame) => {
      const box = rasterBox(frame.width, frame.height);
      const [first, ...others] = network.factors;
      const fed = { ...network, factors: [{ ...first, sequence: true }, ...others] };
      const above = inputHeight(fed, box.height);
      const layers = rasterLayers(widths, box.height, at, above);
      drawInput(frame, box, above, fed, {
        probe: { ...trace, requestedRow: new Array(T * first.inputs).fill(1) },
        data: undefined,
      });
      drawRaster(frame, { trace, network, layers, selected: at, silenced: [] });
    },
  };
  DRAWINGS[`a network: ${experiment}`] = {
    least: [190, 250],
    draw: (frame) =>
      drawNodes(frame, {
        diagram: diagramOf(network, frame.width, frame.height),
        trace,
        timeAt: () => T,
        silenced: [],
        inputNames: ['x', 'y'],
        outputText: '−0.00123',
        hint: 'click a neuron',
      }),
  };
}

describe.each(Object.entries(DRAWINGS))('%s', (_, { least: [leastWidth, leastHeight], draw }) => {
  const widths = [leastWidth, 260, 320, 400, 560, 900].filter((width) => width >= leastWidth);
  const heights = [leastHeight, 100, 160, 220, 320, 480].filter((height) => height >= leastHeight);
  it.each(widths)(
    'writes nothing over anything, and nothing beyond its edge, at a width of %i px',
    (width) => {
      for (const height of heights) {
        const { frame, written } = textFrame(width, height);
        draw(frame);
        expect(written.length, `${height} px high`).toBeGreaterThan(0);
        expect(textFaults(frame, written), `${height} px high`).toEqual([]);
      }
    },
  );
});
