import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { Panel } from '../../ui/Panel.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import { useApp, useLane, usePlayground } from '../context.ts';
import { ExportMenu } from '../share/ExportMenu.tsx';
import { figureTables } from '../share/figures.ts';
import { Term } from '../terms/Term.tsx';
import { networkOf } from './network-of.ts';
import { pointing } from './prediction/probe.ts';
import css from './SpikesPanel.module.css';
import { clampSelection, selection } from './selection.ts';
import { Membrane } from './spikes/Membrane.tsx';
import { NeuronStepper } from './spikes/NeuronStepper.tsx';
import { probeText } from './spikes/probe-text.ts';
import { Raster } from './spikes/Raster.tsx';
import { Readout } from './spikes/Readout.tsx';
import { livelyNeuron } from './spikes/raster.ts';
import { useSize } from './use-size.ts';

/** Width from which the readout has room beside the heading; a presenter's heading is too large for that. */
const WIDE = 980;
/** Width below which raster and membrane stand one below the other. */
const NARROW = 560;

/** Raster of all hidden layers and the selected neuron's membrane, for the input at the probe. */
export function SpikesPanel() {
  const { lane } = usePlayground();
  const body = useRef<HTMLDivElement>(null);
  const phone = useNarrow();
  const bodyWidth = useSize(body)?.width;
  const width = bodyWidth ?? (phone ? NARROW - 1 : WIDE);
  const presented = useApp((state) => state.presentation.view === 'presenter');
  const wide = width >= WIDE && !presented;
  // Its place is not guessed: a guess that proves wrong would move everything else.
  const readout = bodyWidth !== undefined && <Readout />;
  const dragged = useStore(pointing, (state) => state.dragged);
  const where = useLane((state) =>
    probeText(dragged ? { ...state, view: { ...state.view, probe: [dragged] } } : state),
  );
  const traced = useLane((state) => state.probe !== undefined);

  useEffect(() => {
    const { probe, config } = lane.getState();
    if (!traced || !probe || selection.getState().picked) return;
    selection.setState(livelyNeuron(probe.spikes, networkOf(config).widths));
  }, [lane, traced]);

  const narrow = width < NARROW;
  const table = async () => {
    const { probeTable } = await figureTables();
    const { probe, config } = lane.getState();
    if (!probe) return undefined;
    const { network, widths } = networkOf(config);
    const { factor, depth, neuron } = clampSelection(selection.getState(), widths, probe.T);
    const drawn = `membrane drawn: factor ${factor + 1}, layer ${depth + 1}, neuron ${neuron + 1}`;
    return { ...probeTable(probe, network), notes: [where, drawn] };
  };
  const actions = !narrow && (
    <>
      {wide && readout}
      <NeuronStepper />
    </>
  );
  return (
    <Panel
      title={
        <>
          <Term id="spike">Spikes</Term> and <Term id="membrane">membranes</Term>{' '}
          <span className={css.where}>{where}</span>
        </>
      }
      actions={
        <>
          {actions}
          <ExportMenu name="spikes and membranes" table={table} />
        </>
      }
    >
      <div ref={body} className={narrow ? `${css.layout} ${css.stacked}` : css.layout}>
        <Raster />
        {narrow && <NeuronStepper />}
        <Membrane />
        {!wide && readout}
      </div>
    </Panel>
  );
}
