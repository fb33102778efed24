import type { Layout } from '../snn/network.ts';
import type { FactorFunctions, ProbeTrace } from '../worker/protocol.ts';
import type { Cell, Table } from './csv.ts';

/** Values on an n × n grid of [-1, 1]², rows from y = -1 up. */
export function fieldTable(name: string, n: number, values: ArrayLike<number>): Table {
  const at = (i: number) => -1 + (2 * i) / (n - 1);
  const rows = Array.from({ length: n * n }, (_, k) => [at(k % n), at(Math.floor(k / n)), values[k]]);
  return { header: ['x', 'y', name], rows };
}

/** Spike and membrane of every hidden neuron at every time step. */
export function probeTable({ T, spikes, membranes }: ProbeTrace): Table {
  const rows: Cell[][] = [];
  spikes.forEach((factor, f) => {
    factor.forEach((layer, depth) => {
      const neurons = layer.length / T;
      for (let t = 0; t < T; t++)
        for (let j = 0; j < neurons; j++) {
          const at = t * neurons + j;
          rows.push([f, depth + 1, j + 1, t + 1, layer[at], membranes[f][depth][at]]);
        }
    });
  });
  return { header: ['factor', 'layer', 'neuron', 'time_step', 'spike', 'membrane_before_reset'], rows };
}

/** Weights and biases of every layer. */
export function weightTable(layout: Layout, theta: ArrayLike<number>): Table {
  const rows: Cell[][] = [];
  for (const { index, name, inputs, outputs, weights, biases } of layout.layers)
    for (let to = 0; to < outputs; to++) {
      for (let from = 0; from < inputs; from++)
        rows.push([index + 1, name, from + 1, to + 1, theta[weights + to * inputs + from]]);
      rows.push([index + 1, name, 'bias', to + 1, theta[biases + to]]);
    }
  return { header: ['layer', 'name', 'from', 'to', 'weight'], rows };
}

/** Functions of one factor, [node][function], one column each, over the factor's nodes; last row: the branch's coefficients. */
export function basisTable(basis: FactorFunctions | undefined, factor: number): Table | undefined {
  const values = basis?.functions[factor];
  if (!basis || !values) return undefined;
  const rank = basis.coefficients.length;
  const rows: Cell[][] = Array.from({ length: values.length / rank }, (_, node) => [
    node + 1,
    ...values.subarray(node * rank, (node + 1) * rank),
  ]);
  return {
    header: ['node', ...Array.from({ length: rank }, (_, i) => `function_${i + 1}`)],
    rows: [...rows, ['branch coefficients', ...basis.coefficients]],
  };
}

/** One number for every parameter, by layer, input and neuron. */
export function parameterTable(layout: Layout, name: string, values: ArrayLike<number>): Table {
  const { header, rows } = weightTable(layout, values);
  return { header: [...header.slice(0, -1), name], rows };
}

/** Several columns over the same rows; columns that are not there stay empty. */
export function columnsTable(columns: Readonly<Record<string, ArrayLike<number> | undefined>>): Table {
  const lists = Object.values(columns);
  const length = Math.max(0, ...lists.map((list) => list?.length ?? 0));
  const rows = Array.from({ length }, (_, i) => lists.map((list) => list?.[i]));
  return { header: Object.keys(columns), rows };
}
