import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { createStore } from 'zustand/vanilla';
import type { NeuronId } from '../../snn/silence.ts';

/** What all figures point at together: a hidden neuron and a time step. */
export interface Selection extends NeuronId {
  /** Time cursor, 1 … T. */
  readonly time: number;
  /** Whether the time cursor moves on by itself. */
  readonly playing: boolean;
  /** Whether a neuron was picked by hand; until then a lively one is. */
  readonly picked: boolean;
}

export const selection = createStore<Selection>(() => ({
  factor: 0,
  depth: 0,
  neuron: 0,
  time: 12,
  playing: false,
  picked: false,
}));

/** A part of the selection; the component renders again when that part changes. */
export function useSelection<T>(select: (state: Selection) => T): T {
  return useStore(selection, useShallow(select));
}

/** Moves the time cursor by hand, which stops it from moving by itself. */
export function pointAtTime(time: number, T: number): void {
  selection.setState({ time: clampTime(time, T), playing: false });
}

export function clampTime(time: number, T: number): number {
  return Math.min(T, Math.max(1, Math.round(time)));
}

/** Selects a neuron by hand. */
export function pickNeuron({ factor, depth, neuron }: NeuronId): void {
  selection.setState({ factor, depth, neuron, picked: true });
}

/** Widths of the hidden layers, [factor][depth]. */
export type Widths = readonly (readonly number[])[];

/** The selection moved onto a neuron and a time step that exist. */
export function clampSelection(state: Selection, widths: Widths, T: number): Selection {
  return { ...state, ...clampNeuron(state, widths), time: clampTime(state.time, T) };
}

function clampNeuron(state: NeuronId, widths: Widths): NeuronId {
  const factor = Math.min(state.factor, widths.length - 1);
  const depth = Math.min(state.depth, (widths[factor]?.length ?? 1) - 1);
  const neuron = Math.min(state.neuron, (widths[factor]?.[depth] ?? 1) - 1);
  return { factor, depth, neuron };
}

/** The selected neuron; the component renders again when another one is selected. */
export function useSelectedNeuron(widths: Widths): NeuronId {
  return useSelection((state) => clampNeuron(state, widths));
}

/** The neuron before or after one, through all layers of all factors, around the ends. */
export function neighbour({ factor, depth, neuron }: NeuronId, widths: Widths, offset: 1 | -1): NeuronId {
  const all = widths.flatMap((layers, f) => layers.map((width, d) => ({ factor: f, depth: d, width })));
  const at = all.findIndex((layer) => layer.factor === factor && layer.depth === depth);
  if (at < 0) return { factor: 0, depth: 0, neuron: 0 };
  const next = neuron + offset;
  if (next >= 0 && next < all[at].width) return { factor, depth, neuron: next };
  const layer = all[(at + offset + all.length) % all.length];
  return { factor: layer.factor, depth: layer.depth, neuron: offset > 0 ? 0 : layer.width - 1 };
}
