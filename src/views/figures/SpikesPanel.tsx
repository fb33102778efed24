import { Panel } from '../shell/Panel.tsx';

/** Raster and membranes at the probe. */
export function SpikesPanel() {
  return <Panel title="Spikes and membranes" />;
}
