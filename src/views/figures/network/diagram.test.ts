import { describe, expect, it } from 'vitest';
import { layoutOf, type NetworkSpec } from '../../../snn/network.ts';
import { columnPairs, diagramOf } from './diagram.ts';
import { lastWhole, silencingEffect } from './effect.ts';
import { shownTime } from './pulses.ts';
import { layerInto, neuronWeights, weightOf } from './weights.ts';

const spec = (hidden: number[][], inputs: number[], rank: number): NetworkSpec => ({
  factors: hidden.map((h, m) => ({ name: `f${m}`, inputs: inputs[m], hidden: h })),
  rank,
  localRank: 0,
  T: 4,
  threshold: 1,
  leak: 1,
  reset: 'subtract',
  centre: 0,
});
const hat = spec([[16, 16]], [2], 1);

describe('diagramOf', () => {
  it('shows all of the hat network inside its canvas', () => {
    const { columns, product } = diagramOf(hat, 210, 280);
    expect(columns.map((c) => c.shown.length)).toEqual([2, 16, 16, 1]);
    expect(product).toBeUndefined();
    for (const { xs, ys, radius } of columns)
      for (const [k, y] of ys.entries()) {
        const x = xs[k];
        expect(x - radius).toBeGreaterThanOrEqual(0);
        expect(x + radius).toBeLessThanOrEqual(210);
        expect(y - radius).toBeGreaterThanOrEqual(0);
        expect(y + radius).toBeLessThanOrEqual(280);
      }
  });

  it('cuts wide layers to 16 and keeps the selected neuron', () => {
    const selected = { factor: 0, depth: 1, neuron: 300 };
    const { columns } = diagramOf(spec([[128, 512]], [2], 1), 210, 280, selected);
    expect(columns.map((c) => [c.shown.length, c.width])).toEqual([
      [2, 2],
      [16, 128],
      [16, 512],
      [1, 1],
    ]);
    expect(columns[2].shown).toContain(300);
  });

  it('stacks factors without overlap and joins them in a product', () => {
    const { columns, product } = diagramOf(spec([[32], [32], [16]], [5, 1, 1], 8), 210, 330);
    const span = [0, 1, 2].map((f) => columns.filter((c) => c.factor === f).flatMap((c) => c.ys));
    expect(Math.max(...span[0])).toBeLessThan(Math.min(...span[1]) - 20);
    expect(Math.max(...span[1])).toBeLessThan(Math.min(...span[2]) - 20);
    expect(product).toBeDefined();
    expect(columnPairs(columns)).toHaveLength(6);
  });
});

describe('hidden nodes', () => {
  const networks: [string, NetworkSpec][] = [
    ['hat', hat],
    ['wide', spec([[128, 512]], [2], 1)],
    ['two factors', spec([[32], [32]], [10, 1], 8)],
    ['three factors', spec([[16], [16], [16]], [5, 1, 1], 8)],
    ['deep', spec([[16, 16, 16]], [2], 1)],
  ];
  it.each(networks)('have room for a finger of 24 px each: %s', (_, network) => {
    const { columns } = diagramOf(network, 210, 280);
    const nodes = columns
      .filter(({ role }) => role === 'hidden')
      .flatMap(({ xs, ys }) => ys.map((y, k) => ({ x: xs[k], y })));
    expect(nodes.length).toBeGreaterThan(2);
    nodes.forEach((a, i) => {
      for (const b of nodes.slice(i + 1))
        expect(Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y))).toBeGreaterThan(24 - 1e-9);
    });
  });
});

describe('weights', () => {
  const layout = layoutOf(hat);
  const theta = Float64Array.from({ length: layout.size }, (_, k) => k);

  it('are those of the layer into a column', () => {
    expect(layerInto(layout, { role: 'hidden', factor: 0, depth: 1 })?.name).toBe('hidden 2');
    expect(layerInto(layout, { role: 'readout', factor: 0, depth: 1 })?.name).toBe('read-out');
    expect(layerInto(layout, { role: 'input', factor: 0, depth: -1 })).toBeUndefined();
  });

  it('of one neuron: what it reads, what reads it, its bias', () => {
    const found = neuronWeights(layout, theta, { factor: 0, depth: 0, neuron: 3 });
    const [first, second] = layout.hidden[0];
    expect(found?.incoming).toEqual([weightOf(first, theta, 3, 0), weightOf(first, theta, 3, 1)]);
    expect(found?.outgoing).toHaveLength(16);
    expect(found?.outgoing[5]).toBe(weightOf(second, theta, 5, 3));
    expect(found?.bias).toBe(theta[first.biases + 3]);
    expect(neuronWeights(layout, theta, { factor: 0, depth: 1, neuron: 0 })?.outgoing).toHaveLength(1);
  });
});

describe('silencing', () => {
  const metrics = [
    { step: 10, value: 0.2, grid: 'coarse' as const },
    { step: 10, value: 0.19, grid: 'stated' as const },
    { step: 20, value: 0.031, grid: 'coarse' as const },
  ];
  const prediction = (step: number, grid: 'coarse' | 'stated', error: number) =>
    ({ step, grid, error, values: new Float32Array(0) }) as never;
  const silenced = [{ factor: 0, depth: 0, neuron: 1 }];

  it('compares on the grid of what is shown', () => {
    expect(lastWhole(metrics, 'stated')?.value).toBe(0.19);
    expect(lastWhole([{ step: 1, value: 0.5, grid: 'coarse' }], 'stated')).toBeUndefined();
    const view = { probe: [], silenced };
    expect(silencingEffect({ prediction: prediction(20, 'coarse', 0.24), metrics, view })).toBe(
      'relative L2 0.031 → 0.24',
    );
    expect(silencingEffect({ prediction: prediction(30, 'stated', 0.3), metrics, view })).toBe(
      'relative L2 0.19 → 0.30 (was at step 10)',
    );
    const whole = { probe: [], silenced: [] };
    expect(silencingEffect({ prediction: prediction(20, 'coarse', 0.031), metrics, view: whole })).toBe(
      'relative L2 0.031 with all neurons',
    );
  });
});

describe('shownTime', () => {
  it('lets the wave reach one layer after the other', () => {
    expect([0, 0.4, 0.6, 1].map((phase) => shownTime(5, phase, 1, 2))).toEqual([4, 4, 5, 5]);
    expect(shownTime(5, 0, 0, 2)).toBe(5);
    expect(shownTime(1, 0, 1, 2)).toBe(1);
  });
});
