import { useCallback, useRef, useState } from 'react';
import { EXPERIMENTS } from '../../experiments/table.ts';
import { Flyout } from '../../ui/floating/Flyout.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { useLane, usePlayground } from '../context.ts';
import { ExportMenu } from '../share/ExportMenu.tsx';
import { figureTables } from '../share/figures.ts';
import figure from './figure.module.css';
import css from './NetworkPanel.module.css';
import { diagramOf, isColumn } from './network/diagram.ts';
import { drawNodes } from './network/draw-nodes.ts';
import { EdgeLayer } from './network/edge-layer.ts';
import { edgeValues, valuesFor } from './network/edge-values.ts';
import { NeuronCard } from './network/NeuronCard.tsx';
import { NodeButtons } from './network/NodeButtons.tsx';
import { drawPulses, shownTime } from './network/pulses.ts';
import { TimeControls } from './network/TimeControls.tsx';
import { usePlayer } from './network/use-player.ts';
import { networkOf } from './network-of.ts';
import { decimalsOf, numberText } from './prediction/values-at.ts';
import { clampSelection, pickNeuron, selection, useSelectedNeuron, useSelection } from './selection.ts';
import { spikesText } from './spikes/readout.ts';
import { useFigure } from './use-figure.ts';
import { useDrawingSize } from './use-size.ts';
import { useSummary } from './use-summary.ts';

/** The network at the probe: weights as edges, spikes at the time cursor, and a card for the neuron that is clicked. */
export function NetworkPanel() {
  const { lane, actions } = usePlayground();
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useDrawingSize(canvas);
  const [edges] = useState(() => new EdgeLayer());
  const anchor = useRef<HTMLSpanElement>(null);
  const [open, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  const { network, widths } = networkOf(useLane((state) => state.config));
  const silenced = useLane((state) => state.view.silenced);
  const T = useLane((state) => state.probe?.T ?? state.config.T);
  const selected = useSelectedNeuron(widths);
  const picked = useSelection((state) => state.picked);

  const redraw = useFigure(canvas, [lane, selection, edgeValues], (frame) => {
    const { config, probe, state, view } = lane.getState();
    const experiment = EXPERIMENTS[config.experiment];
    const shown = networkOf(config);
    const chosen = clampSelection(selection.getState(), shown.widths, T);
    const at = { factor: chosen.factor, depth: chosen.depth, neuron: chosen.neuron };
    const diagram = diagramOf(shown.network, frame.width, frame.height, at);
    const theta = state?.theta.length === shown.layout.size ? state.theta : undefined;
    const values = theta && valuesFor(shown.layout);
    if (theta) edges.draw(frame, diagram, shown.layout, values?.values ?? theta, at, values?.acrossLayers);
    const phase = player.phase.current;
    const depths = (f: number) => shown.widths[f].length;
    // Spikes on their way have the weights' colours.
    if (theta && probe && !values) {
      const isSilenced = (f: number, d: number, j: number) =>
        view.silenced.some((n) => n.factor === f && n.depth === d && n.neuron === j);
      drawPulses(frame, diagram, shown.layout, theta, probe, chosen.time, phase, isSilenced);
    }
    drawNodes(frame, {
      diagram,
      trace: probe,
      timeAt: (d) => shownTime(chosen.time, phase, d, depths(chosen.factor)),
      selected: at,
      silenced: view.silenced,
      inputNames:
        experiment.factorCount > 1 ? [] : experiment.coordinates.slice(0, shown.network.factors[0].inputs),
      outputText: probe ? numberText(probe.output, decimalsOf(lane.getState().data)) : '',
      hint: picked ? '' : 'press a neuron',
      caption: values?.symbol,
    });
  });
  const player = usePlayer(T, redraw);

  useSummary(canvas, [lane, selection, edgeValues], () => {
    const { config, probe } = lane.getState();
    const shown = networkOf(config);
    const shape = shown.network.factors.map((f) => [f.inputs, ...f.hidden].join('–')).join(' and ');
    const time = clampSelection(selection.getState(), shown.widths, T).time;
    const spikes = probe ? `; ${spikesText(shown.network, shown.widths, probe, time)}` : '';
    const values = valuesFor(shown.layout);
    const meaning = values ? `; its edges show ${values.words}` : '';
    return `Network ${shape}–${shown.network.rank}${meaning}${spikes}`;
  });

  const table = async () => {
    const { weightTable } = await figureTables();
    const { config, state } = lane.getState();
    const { layout } = networkOf(config);
    if (state?.theta.length !== layout.size) return undefined;
    const shown = valuesFor(layout);
    return {
      ...weightTable(layout, state.theta, shown?.values),
      notes: shown && [`edges show ${shown.words}`],
    };
  };
  const diagram = size && diagramOf(network, size.width, size.height, selected);
  const column = diagram?.columns.find((c) => isColumn(c, selected));
  const top = column?.ys[column.shown.indexOf(selected.neuron)];
  return (
    <Panel
      title="Network"
      actions={
        <>
          <button
            type="button"
            className={figure.button}
            aria-haspopup="dialog"
            aria-expanded={open}
            title="The selected neuron’s rate and weights"
            onClick={() => setOpen(!open)}
          >
            neuron
          </button>
          <ExportMenu name="network" table={table} />
        </>
      }
      footer={<TimeControls player={player} T={T} />}
    >
      <div className={`${figure.figure} ${css.network}`} translate="no">
        <canvas ref={canvas} role="img" aria-label="The network" data-testid="network" />
        {silenced.length > 0 && (
          <button
            type="button"
            className={`${figure.button} ${css.restore}`}
            title="Training keeps all neurons; silencing shows what breaks without them"
            onClick={() => actions.setView({ silenced: [] })}
          >
            restore {silenced.length} silenced
          </button>
        )}
        {size && diagram && (
          <div className={figure.overlay}>
            <NodeButtons
              network={network}
              diagram={diagram}
              selected={selected}
              silenced={silenced}
              onSelect={pickNeuron}
              onOpen={(id) => {
                pickNeuron(id);
                setOpen(true);
              }}
            />
            <span ref={anchor} className={css.anchor} style={{ left: size.width + 8, top: top ?? 0 }} />
          </div>
        )}
        {open && (
          <Flyout anchor={anchor} label="Neuron" side="right" lasting onClose={close}>
            <NeuronCard id={selected} onClose={close} />
          </Flyout>
        )}
      </div>
    </Panel>
  );
}
