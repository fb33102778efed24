import type { KeyboardEvent } from 'react';
import type { NetworkSpec } from '../../../snn/network.ts';
import type { NeuronId } from '../../../snn/silence.ts';
import { layerName } from '../network-of.ts';
import { type Column, type Diagram, NODE_ROOM, type SelectedNode } from './diagram.ts';
import { isNode } from './draw-edges.ts';
import css from './NodeButtons.module.css';

interface NodeButtonsProps {
  readonly network: NetworkSpec;
  readonly diagram: Diagram;
  readonly selected: SelectedNode;
  readonly silenced: readonly NeuronId[];
  readonly onSelect: (neuron: NeuronId) => void;
  readonly onOpen: (neuron: NeuronId) => void;
}

/** Transparent buttons over the hidden neurons. One of them takes part in the tab order; arrow keys go to the others. */
export function NodeButtons({ network, diagram, selected, silenced, onSelect, onOpen }: NodeButtonsProps) {
  const hidden = diagram.columns.filter((column) => column.role === 'hidden');

  const press = (event: KeyboardEvent<HTMLButtonElement>, column: Column, k: number) => {
    const at = hidden.indexOf(column);
    const target = {
      ArrowUp: [at, k - 1],
      ArrowDown: [at, k + 1],
      ArrowLeft: [at - 1, k],
      ArrowRight: [at + 1, k],
    }[event.key];
    if (!target) return;
    event.preventDefault();
    const next = hidden[target[0]];
    if (!next) return;
    const neuron = next.shown[Math.min(next.shown.length - 1, Math.max(0, target[1]))];
    onSelect({ factor: next.factor, depth: next.depth, neuron });
    const id = nodeId(next.factor, next.depth, neuron);
    event.currentTarget.parentElement?.querySelector<HTMLElement>(`[data-node="${id}"]`)?.focus();
  };

  return (
    <>
      {hidden.map((column) =>
        column.shown.map((neuron, k) => {
          const { factor, depth } = column;
          const chosen = isNode(column, neuron, selected);
          const cut = silenced.some((n) => n.factor === factor && n.depth === depth && n.neuron === neuron);
          return (
            <button
              type="button"
              key={nodeId(factor, depth, neuron)}
              data-node={nodeId(factor, depth, neuron)}
              className={css.node}
              style={{
                left: column.xs[k] - NODE_ROOM / 2,
                top: column.ys[k] - NODE_ROOM / 2,
                width: NODE_ROOM,
                height: NODE_ROOM,
              }}
              tabIndex={chosen ? 0 : -1}
              aria-pressed={chosen}
              aria-label={`${layerName(network, factor, depth)}, neuron ${neuron + 1}${cut ? ', silenced' : ''}`}
              title="Its rate over all inputs and its weights"
              onClick={() => onOpen({ factor, depth, neuron })}
              onKeyDown={(event) => press(event, column, k)}
            />
          );
        }),
      )}
    </>
  );
}

function nodeId(factor: number, depth: number, neuron: number): string {
  return `${factor}.${depth}.${neuron}`;
}
