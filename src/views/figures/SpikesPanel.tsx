import './figures.css';
import { useEffect, useRef } from 'react';
import { useLane, usePlayground } from '../context.ts';
import { Panel } from '../shell/Panel.tsx';
import { formatPoint } from './canvas/ticks.ts';
import { networkOf } from './network-of.ts';
import { useProbe } from './prediction/probe.ts';
import { selection } from './selection.ts';
import { Membrane } from './spikes/Membrane.tsx';
import { NeuronStepper } from './spikes/NeuronStepper.tsx';
import { Raster } from './spikes/Raster.tsx';
import { Readout } from './spikes/Readout.tsx';
import { livelyNeuron } from './spikes/raster.ts';
import { useSize } from './use-size.ts';

/** Width from which the readout has room beside the heading. */
const WIDE = 900;
/** Width below which raster and membrane stand one below the other. */
const NARROW = 560;

/** Raster of all hidden layers and the selected neuron's membrane, for the input at the probe. */
export function SpikesPanel() {
  const { lane } = usePlayground();
  const body = useRef<HTMLDivElement>(null);
  const width = useSize(body)?.width ?? WIDE;
  const wide = width >= WIDE;
  const point = useProbe();
  const probed = useLane((state) => state.view.probe.length > 0);
  const traced = useLane((state) => state.probe !== undefined);

  useEffect(() => {
    const { probe, config } = lane.getState();
    if (!traced || !probe || selection.getState().picked) return;
    selection.setState(livelyNeuron(probe.spikes, networkOf(config).widths));
  }, [lane, traced]);

  if (!probed) return <Panel title="Spikes and membranes" />;
  const narrow = width < NARROW;
  const actions = !narrow && (
    <>
      {wide && <Readout />}
      <NeuronStepper />
    </>
  );
  return (
    <Panel
      title={`Spikes and membranes${point ? ` at ${formatPoint(point[0], point[1])}` : ''}`}
      actions={actions}
    >
      <div ref={body} className={`figure-spikes-layout${narrow ? ' figure-spikes-stacked' : ''}`}>
        <Raster />
        {narrow && <NeuronStepper />}
        <Membrane />
        {!wide && <Readout />}
      </div>
    </Panel>
  );
}
