import { EXPERIMENTS } from '../../experiments/table.ts';
import { useForcing } from '../operator/forcing-context.ts';
import { curveTable } from '../operator/tables.ts';
import { ExportMenu } from '../share/ExportMenu.tsx';
import type { ShownLane } from './lane-names.ts';
import { lanesTable, rasterTable } from './lanes-table.ts';

/** Saves all lanes side by side as one picture, and what they show as data. */
export function LanesExport({ lanes }: { readonly lanes: readonly ShownLane[] }) {
  const forcing = useForcing();
  const now = () => lanes.map((shown) => ({ ...shown, state: shown.lane.getState() }));
  /** The forcing that all lanes are asked. */
  const forcingTable = () => {
    const { config, data } = lanes[0].lane.getState();
    const { operator, coordinates } = EXPERIMENTS[config.experiment];
    const { g } = forcing.store.getState();
    if (!operator || !g || !data?.operator) return undefined;
    const line = { x: data.operator.nodes, y: g, name: operator.symbol, look: 'truth' as const };
    return curveTable({ lines: [line], xLabel: coordinates[0], from: 0, to: 1, low: 0, high: 0 });
  };
  return (
    <ExportMenu
      name="lanes side by side"
      table={() => lanesTable(now(), forcing.store.getState())}
      also={() => [
        { name: 'spikes of the lanes', table: () => rasterTable(now()) },
        ...(forcingTable() ? [{ name: 'forcing of the lanes', table: forcingTable }] : []),
      ]}
      within={() => [...document.querySelectorAll('[data-lanes]')]}
    />
  );
}
