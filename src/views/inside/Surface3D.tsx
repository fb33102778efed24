import { useRef } from 'react';
import type { Table } from '../../io/csv.ts';
import { fieldTable } from '../../io/tables.ts';
import { useLane, usePlayground } from '../context.ts';
import { formatNumber, formatPoint } from '../figures/canvas/ticks.ts';
import figure from '../figures/figure.module.css';
import { extremes, isSurface, predictionFields, targetField } from '../figures/prediction/fields.ts';
import { useSummary } from '../figures/use-summary.ts';
import { formatError } from '../format.ts';
import { ExportMenu } from '../share/ExportMenu.tsx';
import css from './Surface3D.module.css';
import shared from './shared/inside.module.css';
import { turned } from './surface/camera.ts';
import { useSurfaces } from './surface/use-surfaces.ts';

const TURNS = [
  { label: 'Turn left', sign: '←', by: [-15, 0] },
  { label: 'Turn right', sign: '→', by: [15, 0] },
  { label: 'From higher', sign: '↑', by: [0, 10] },
  { label: 'From lower', sign: '↓', by: [0, -10] },
] as const;

/** Target and network as surfaces over the square, always seen from the same side. */
export function Surface3D() {
  const playground = usePlayground();
  const { lane } = playground;
  const box = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLDivElement>(null);
  const { flat, view, look, lookFirst, picture } = useSurfaces(box, playground);
  const other = useLane((state) => state.data !== undefined && !isSurface(state.data));
  useSummary(words, [lane], () => summaryOf(lane.getState()));

  if (other) return <p>Only functions on the square can be shown as surfaces.</p>;
  return (
    <div className={shared.view} data-testid="surface">
      <p className={shared.dim}>Drag either surface: both turn. They follow the training.</p>
      {flat && (
        <p className={shared.dim} role="status">
          Drawn without 3-D graphics: {flat}.
        </p>
      )}
      <div className={css.place} data-figure>
        <div className={shared.save}>
          <ExportMenu name="surfaces" table={() => tableOf(lane.getState())} picture={picture} />
        </div>
        <div ref={words} role="img" aria-label="Surfaces of target and network">
          <div
            ref={box}
            className={`${figure.figure} ${css.plot}`}
            translate="no"
            data-testid="surface-plot"
          />
        </div>
      </div>
      <div className={shared.row}>
        {TURNS.map(({ label, sign, by }) => (
          <button
            key={label}
            type="button"
            className={shared.quiet}
            onClick={() => look(turned(view.current, by[0], by[1]))}
          >
            <span aria-hidden="true">{sign}</span> {label}
          </button>
        ))}
        <button type="button" className={shared.quiet} onClick={lookFirst}>
          First view
        </button>
      </div>
    </div>
  );
}

function tableOf(state: Parameters<typeof summaryOf>[0]): Table | undefined {
  const { data, prediction } = state;
  const network = predictionFields(state)?.network;
  if (!isSurface(data) || !prediction || !network) return undefined;
  const { header, rows } = fieldTable('network', network.n, network.values);
  const target = targetField(data, prediction.grid)?.values;
  return { header: [...header, 'target'], rows: Array.from(rows, (row, i) => [...row, target?.[i]]) };
}

function summaryOf(
  state: Parameters<typeof predictionFields>[0] & { data?: Parameters<typeof isSurface>[0] },
) {
  const { data, prediction } = state;
  const target = isSurface(data) ? targetField(data, prediction?.grid ?? 'stated') : undefined;
  const network = predictionFields(state)?.network;
  if (!target || !network) return 'Surfaces of target and network: nothing to show yet';
  const [top, answer] = [extremes(target).greatest, extremes(network).greatest];
  return (
    `Surfaces over x and y from −1 to 1. Target: highest ${formatNumber(top.value, 3)} at ${formatPoint(top.x, top.y)}. ` +
    `Network: highest ${formatNumber(answer.value, 3)} at ${formatPoint(answer.x, answer.y)}. ` +
    `Relative L2 error ${formatError(prediction?.error)}.`
  );
}

export default Surface3D;
