import type { Layout, NetworkSpec } from '../../snn/network.ts';
import type { Trace } from '../../training/engine.ts';
import type { Machine } from './machine.ts';

/**
 * Runs the rows of one factor and collects what each leaves: [depth] of [t][row][neuron], rates
 * [row][neuron].
 */
export function readTrace(
  machine: Machine,
  network: NetworkSpec,
  layout: Layout,
  factor: number,
  rows: number,
): Trace {
  const hidden = layout.hidden[factor];
  const spikes = hidden.map((layer) => new Uint8Array(network.T * rows * layer.outputs));
  const membranes = hidden.map((layer) => new Float32Array(network.T * rows * layer.outputs));
  const rates = hidden.map((layer) => new Float32Array(rows * layer.outputs));
  const { task, factors, layers } = machine.placed;
  const place = task.first + factor;

  for (let row = 0; row < rows; row++) {
    machine.exports.traceRow(place, row);
    hidden.forEach(({ index, outputs }, depth) => {
      const layer = layers[index];
      const bits = new Uint8Array(machine.exports.memory.buffer, layer.bits, layer.bitsStride * task.slots);
      const membrane = machine.floats(layer.traceMembrane, layer.tiles * task.slots * 16);
      rates[depth].set(machine.floats(factors[place].rates + layer.ratesAt, outputs), row * outputs);
      for (let t = 0; t < network.T; t++) {
        const at = (t * rows + row) * outputs;
        for (let j = 0; j < outputs; j++) {
          spikes[depth][at + j] = (bits[t * layer.bitsStride + (j >> 3)] >> (j & 7)) & 1;
          membranes[depth][at + j] = membrane[((j >> 4) * task.slots + t) * 16 + (j & 15)];
        }
      }
    });
  }
  return { spikes, membranes, rates };
}
