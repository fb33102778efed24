import type { Network } from '../../snn/network.ts';
import type { Trace } from '../../training/engine.ts';
import { PIECE_MS, type Pulse } from '../../training/pulse.ts';
import type { Machine } from './machine.ts';

/**
 * Runs the rows of one factor and collects what each leaves: [depth] of [t][row][neuron], rates
 * [row][neuron]. @throws Interrupted by the pulse
 */
export async function readTrace(
  machine: Machine,
  network: Network,
  factor: number,
  rows: number,
  pulse?: Pulse,
): Promise<Trace> {
  const { layout } = network;
  const hidden = layout.hidden[factor];
  const spikes = hidden.map((layer) => new Uint8Array(network.T * rows * layer.outputs));
  const membranes = hidden.map((layer) => new Float32Array(network.T * rows * layer.outputs));
  const rates = hidden.map((layer) => new Float32Array(rows * layer.outputs));
  const { factors, task } = machine.placed;
  const place = task.first + factor;
  let begun = performance.now();
  for (let row = 0; row < rows; row++) {
    if (pulse && performance.now() - begun > PIECE_MS) {
      await pulse();
      begun = performance.now();
    }
    machine.exports.traceRow(place, row);
    hidden.forEach(({ index, outputs }, depth) => {
      rates[depth].set(
        machine.floats(factors[place].rates + machine.placed.layers[index].ratesAt, outputs),
        row * outputs,
      );
      copyRow(machine, index, { rows, row, outputs, T: network.T }, spikes[depth], membranes[depth]);
    });
  }
  return { spikes, membranes, rates };
}

interface RowShape {
  readonly rows: number;
  readonly row: number;
  readonly outputs: number;
  readonly T: number;
}

/** Histories of one layer for the row at hand, spike words [t] and distances U - ϑ [tile][t][16], to their places. */
function copyRow(
  machine: Machine,
  index: number,
  { rows, row, outputs, T }: RowShape,
  spikes: Uint8Array,
  membranes: Float32Array,
): void {
  const { slots, threshold } = machine.placed.task;
  const { bits: bitsAt, bitsStride, traceDistance, tiles } = machine.placed.layers[index];
  const bits = new Uint8Array(machine.exports.memory.buffer, bitsAt, bitsStride * slots);
  const distance = machine.floats(traceDistance, tiles * slots * 16);
  for (let t = 0; t < T; t++) {
    const at = (t * rows + row) * outputs;
    for (let j = 0; j < outputs; j++) {
      spikes[at + j] = (bits[t * bitsStride + (j >> 3)] >> (j & 7)) & 1;
      membranes[at + j] = threshold + distance[((j >> 4) * slots + t) * 16 + (j & 15)];
    }
  }
}
