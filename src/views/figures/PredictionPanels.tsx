import { Panel } from '../shell/Panel.tsx';

/** Target, output of the network and signed error. Fills the cell that the page gives it. */
export function PredictionPanels() {
  return (
    <div style={{ display: 'grid', gridTemplateColumns: 'repeat(3, minmax(0, 1fr))', gap: 'var(--gap)' }}>
      <Panel title="Target" />
      <Panel title="Spiking network" />
      <Panel title="Signed error" />
    </div>
  );
}
