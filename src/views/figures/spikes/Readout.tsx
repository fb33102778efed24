import { useEffect, useRef } from 'react';
import { usePlayground } from '../../context.ts';
import { networkOf } from '../network-of.ts';
import { clampSelection, selection } from '../selection.ts';
import css from './Readout.module.css';
import { spikeCounts } from './readout.ts';

/** What happens at the time cursor. Written past React: it changes with every telemetry. */
export function Readout() {
  const { lane } = usePlayground();
  const element = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    const write = () => {
      const { config, probe } = lane.getState();
      const { network, widths } = networkOf(config);
      if (!probe || !element.current) return;
      const selected = clampSelection(selection.getState(), widths, probe.T);
      const text = spikeCounts(network, widths, probe, selected.time);
      if (element.current.textContent === text) return;
      element.current.textContent = text;
      // Its end may have no room.
      element.current.title = text;
    };
    write();
    const stops = [lane.subscribe(write), selection.subscribe(write)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [lane]);
  return <p ref={element} className={css.readout} data-testid="spikes-readout" />;
}
