import { useRef, useState } from 'react';
import { useLane, usePlayground } from '../context.ts';
import { formatNumber, formatPoint } from '../figures/canvas/ticks.ts';
import figure from '../figures/figure.module.css';
import { extremes, isSurface, predictionFields, targetField } from '../figures/prediction/fields.ts';
import { useFigure } from '../figures/use-figure.ts';
import { useSummary } from '../figures/use-summary.ts';
import { ExportMenu } from '../share/ExportMenu.tsx';
import css from './Slice.module.css';
import { DataTable } from './shared/DataTable.tsx';
import shared from './shared/inside.module.css';
import { drawSlice, sliceLegend } from './slice/draw-slice.ts';
import { LineMap } from './slice/LineMap.tsx';
import {
  axisOf,
  type Line,
  largestGap,
  PRESET_LINES,
  pointAt,
  sliceOf,
  sliceTable,
} from './slice/slice-values.ts';

const POINTS = 241;
const TABLE_POINTS = 21;

/** Target and network along any line of the square. */
export function Slice() {
  const { lane } = usePlayground();
  const data = useLane((state) => state.data);
  const [line, setLine] = useState<Line>(PRESET_LINES[0].line);
  const canvas = useRef<HTMLCanvasElement>(null);
  const surface = isSurface(data) ? data : undefined;
  const field = surface && targetField(surface, 'stated');

  const curves = (count: number) => {
    const { data: now, prediction } = lane.getState();
    // Both from the points at which the network was evaluated: their difference is no difference of grids.
    const target = isSurface(now) ? targetField(now, prediction?.grid ?? 'stated') : undefined;
    if (!target) return undefined;
    const network = predictionFields(lane.getState())?.network;
    return { target: sliceOf(target, line, count), network: network && sliceOf(network, line, count) };
  };
  const table = () => {
    const shown = curves(POINTS);
    return shown && sliceTable(line, shown);
  };
  useFigure(canvas, [lane], (frame) => {
    const shown = curves(POINTS);
    if (!shown || !field) return;
    const { least, greatest } = extremes(field);
    const room = 0.15 * (greatest.value - least.value || 1);
    drawSlice(frame, {
      ...shown,
      axis: axisOf(line),
      low: Math.min(0, least.value) - room,
      high: Math.max(0, greatest.value) + room,
    });
  });
  useSummary(canvas, [lane], () => {
    const shown = curves(POINTS);
    if (!shown?.network) return 'Slice: nothing to show yet';
    const { t, gap } = largestGap(shown.target, shown.network);
    return (
      `Target and network along the line from ${formatPoint(...line.a)} to ${formatPoint(...line.b)}: they differ most at ` +
      `${formatPoint(...pointAt(line, t))}, where network minus target is ${formatNumber(gap, 3)}`
    );
  });

  if (data && !surface) return <p>Only functions on the square can be cut along a line.</p>;
  return (
    <div className={shared.view} data-testid="slice">
      <p className={shared.dim}>
        Move the ends A and B of the line. The curves follow the training; both are read off the points at
        which the error is measured, and drawn straight between them.
      </p>
      <div className={css.parts}>
        <div className={css.side}>
          <LineMap field={field} line={line} onChange={setLine} />
          <div className={css.presets}>
            {PRESET_LINES.map((preset) => (
              <button
                key={preset.name}
                type="button"
                className={shared.quiet}
                onClick={() => setLine(preset.line)}
              >
                {preset.name}
              </button>
            ))}
          </div>
        </div>
        <div className={`${figure.figure} ${css.chart}`} translate="no" data-figure>
          <div className={shared.save}>
            <ExportMenu name="slice" table={table} legend={sliceLegend} />
          </div>
          <canvas
            ref={canvas}
            role="img"
            aria-label="Target and network along a line"
            data-testid="slice-chart"
          />
        </div>
      </div>
      <ul className={shared.legend}>
        <li>
          <span className={css.solid} aria-hidden="true" /> spiking network
        </li>
        <li>
          <span className={css.dashed} aria-hidden="true" /> target
        </li>
        <li className={shared.number} data-testid="slice-line">
          A {formatPoint(...line.a)}, B {formatPoint(...line.b)}
        </li>
      </ul>
      <DataTable
        caption="Target and network along the line"
        columns={[axisOf(line).name, 'target', 'network']}
        rows={() => {
          const shown = curves(TABLE_POINTS);
          const { from, to } = axisOf(line);
          return Array.from(shown?.target ?? [], (value, i) => [
            formatNumber(from + ((to - from) * i) / (TABLE_POINTS - 1)),
            formatNumber(value, 4),
            shown?.network ? formatNumber(shown.network[i], 4) : '–',
          ]);
        }}
      />
    </div>
  );
}

export default Slice;
