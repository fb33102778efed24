import type { Layout } from '../snn/network.ts';
import { Neuron, type NeuronSpec } from '../snn/neuron.ts';
import type { ProbeTrace } from '../worker/protocol.ts';
import type { Cell, Table } from './csv.ts';

/** Values on an n × n grid of [-1, 1]², rows from y = -1 up. */
export function fieldTable(name: string, n: number, values: ArrayLike<number>): Table {
  const at = (i: number) => -1 + (2 * i) / (n - 1);
  const rows = Array.from({ length: n * n }, (_, k) => [at(k % n), at(Math.floor(k / n)), values[k]]);
  return { header: ['x', 'y', name], rows };
}

/** Spike and membrane of every hidden neuron at every time step. */
export function probeTable({ T, spikes, membranes }: ProbeTrace, neuron: NeuronSpec): Table {
  const model = new Neuron(neuron);
  const rows: Cell[][] = [];
  spikes.forEach((factor, f) => {
    factor.forEach((layer, depth) => {
      const neurons = layer.length / T;
      for (let t = 0; t < T; t++)
        for (let j = 0; j < neurons; j++) {
          const at = t * neurons + j;
          const membrane = membranes[f][depth][at];
          const left = layer[at] === 1 ? model.reset(membrane, 1) : membrane;
          rows.push([f + 1, depth + 1, j + 1, t + 1, layer[at], membrane, left]);
        }
    });
  });
  const potentials = ['membrane_before_reset', 'membrane_after_reset'];
  return { header: ['factor', 'layer', 'neuron', 'time_step', 'spike', ...potentials], rows };
}

/** Weights and biases of every layer; beside them what a diagram shows in their place, one number for each parameter. */
export function weightTable(layout: Layout, theta: ArrayLike<number>, shown?: ArrayLike<number>): Table {
  if (!shown) return parameterTable(layout, 'weight', theta);
  const { header, rows } = parameterTable(layout, 'weight', theta);
  const others = [...parameterTable(layout, 'edge_value', shown).rows];
  return {
    header: [...header, 'edge_value'],
    rows: Array.from(rows, (row, i) => [...row, others[i][row.length - 1]]),
  };
}

/** One number for every parameter, by layer, input and neuron. */
export function parameterTable(layout: Layout, column: string, values: ArrayLike<number>): Table {
  const rows: Cell[][] = [];
  for (const { index, name, inputs, outputs, weights, biases } of layout.layers)
    for (let to = 0; to < outputs; to++) {
      for (let from = 0; from < inputs; from++)
        rows.push([index + 1, name, from + 1, to + 1, values[weights + to * inputs + from]]);
      rows.push([index + 1, name, 'bias', to + 1, values[biases + to]]);
    }
  return { header: ['layer', 'name', 'from', 'to', column], rows };
}

/** Several columns over the same rows; columns that are not there stay empty. */
export function columnsTable(columns: Readonly<Record<string, ArrayLike<number> | undefined>>): Table {
  const lists = Object.values(columns);
  const length = Math.max(0, ...lists.map((list) => list?.length ?? 0));
  const rows = Array.from({ length }, (_, i) => lists.map((list) => list?.[i]));
  return { header: Object.keys(columns), rows };
}
