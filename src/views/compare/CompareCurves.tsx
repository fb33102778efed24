import { useRef } from 'react';
import { comparableFigure } from '../../training/paper.ts';
import { Panel } from '../../ui/Panel.tsx';
import { useApp, useLane, usePlayground } from '../context.ts';
import { BaselinesNote, BaselinesToggle } from '../curves/BaselinesControl.tsx';
import { baselineMarks, describeBaselines } from '../curves/baselines.ts';
import { curvesLayout } from '../curves/layout.ts';
import { baselinesTable } from '../curves/tables.ts';
import { paperThemeOf } from '../figures/canvas/paper-theme.ts';
import type { Frame } from '../figures/canvas/surface.ts';
import figure from '../figures/figure.module.css';
import { useFigure } from '../figures/use-figure.ts';
import { useDrawingSize } from '../figures/use-size.ts';
import { useSummary } from '../figures/use-summary.ts';
import { formatError } from '../format.ts';
import { gridNames, MEASURES, measureName } from '../measures.ts';
import { changePath, changeSentence } from '../run-words.ts';
import { ExportMenu } from '../share/ExportMenu.tsx';
import css from './CompareCurves.module.css';
import { averagedTable, compareTable } from './compare-table.ts';
import { type CompareModel, columnOf, drawCompare, type LaneCurve } from './draw-compare.ts';
import { saidAtEqualPasses } from './EqualPasses.tsx';
import { lanesLegend } from './lane-looks.ts';
import type { ShownLane } from './lane-names.ts';
import { errorPoints, lossPoints, placeOn } from './lane-series.ts';
import { offScaleOnce } from './off-scale.ts';
import type { Costs } from './use-costs.ts';
import { useAnyLane } from './use-lanes.ts';

/** Long runs have many losses: the chart is drawn at most so often. */
const CURVES_MS = 400;
/** Width in px over which losses are averaged. */
const COLUMN = 2;

/** The curves of all lanes in one chart, over an axis that is fair in the way that is chosen. */
export function CompareCurves({
  lanes,
  costs,
}: {
  readonly lanes: readonly ShownLane[];
  readonly costs: Costs;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useDrawingSize(canvas);
  const { app, baselines } = usePlayground();
  const any = useAnyLane(lanes, CURVES_MS);
  const { axis, steps } = useApp((state) => ({ axis: state.comparison.axis, steps: state.config.steps }));

  const names = useLane((state) => gridNames(state.config, state.data));
  const shownBaselines = () => {
    const { shown, report } = baselines.getState();
    return shown ? report : undefined;
  };
  const model = ({ width, height, theme }: Pick<Frame, 'width' | 'height' | 'theme'>): CompareModel => {
    const { error } = curvesLayout(width, height, theme.fontSize);
    const runs = lanes.map(({ lane, id }) => {
      const run = lane.getState();
      return { run, place: placeOn(axis, run, costs.get(id)?.passes) };
    });
    const ends = runs.map(
      ({ run, place }) => place(axis === 'steps' ? Math.max(run.end, steps) : run.end) ?? 0,
    );
    if (axis === 'steps') ends.push(shownBaselines()?.steps ?? 0);
    const last = Math.max(1, ...ends);
    const column = columnOf(error, last);
    return {
      axis,
      last,
      baselines: baselineMarks(shownBaselines()),
      curves: runs.map(
        ({ run, place }, i): LaneCurve => ({
          position: lanes[i].position,
          errors: errorPoints(run, place),
          losses: lossPoints(run, place, (x) => column(x) / COLUMN, Math.ceil(error.width / COLUMN)),
          changes: run.changes.flatMap((change) => {
            const x = place(change.step);
            const name = lanes[i].hidden ? undefined : changePath(change);
            return x === undefined ? [] : [{ x, name }];
          }),
          paper: comparableFigure(run.log),
          off: offScaleOnce(run),
        }),
      ),
    };
  };
  useFigure(canvas, [any, baselines], (frame) => drawCompare(frame, model(frame)));
  // The axis can be changed while no lane moves.
  useSummary(canvas, [any, app, baselines], () => {
    const also = baselines.getState().shown ? ` ${describeBaselines(shownBaselines())}` : '';
    const sentences = lanes.map(({ lane, run, letter, hidden }) => {
      const { prediction, step, changes } = lane.getState();
      const off = offScaleOnce(lane.getState());
      const changed = hidden
        ? ''
        : changes.map((change) => `, ${changeSentence(change).slice(0, -1)}`).join('');
      return `${hidden ? letter : `${letter}, ${run}`}: ${formatError(prediction?.error)}${prediction ? `, ${MEASURES[prediction.grid]},` : ''} at step ${step}${off ? `, ${off}` : ''}${changed}`;
    });
    const spent = axis === 'passes' ? ` ${saidAtEqualPasses(lanes, costs)}` : '';
    return `Curves of ${lanes.length} lanes over ${axis}. Relative L2 error ${sentences.join('; ')}.${spent}${also}`;
  });
  const table = () =>
    compareTable(
      lanes.map((shown) => ({ ...shown, state: shown.lane.getState(), passes: costs.get(shown.id)?.passes })),
    );
  const averaged = () => {
    if (!canvas.current || !size) return undefined;
    const { curves } = model({ ...size, theme: paperThemeOf(canvas.current) });
    return averagedTable(axis, curves, lanes);
  };
  return (
    <Panel
      title="Error and loss"
      className={css.curves}
      actions={
        <>
          <BaselinesToggle />
          <ExportMenu
            name="comparison"
            table={table}
            also={() => [
              { name: 'comparison averaged loss', table: averaged },
              ...(shownBaselines()
                ? [{ name: 'without spikes', table: () => baselinesTable(shownBaselines()) }]
                : []),
            ]}
            legend={(theme) => lanesLegend(theme, lanes)}
          />
        </>
      }
      footer={
        <>
          <BaselinesNote />
          <span className={figure.note}>
            Curves: errors {measureName('coarse', names)}; in the lanes at rest: {names.stated}
          </span>
        </>
      }
    >
      <div className={figure.figure} translate="no">
        <canvas ref={canvas} role="img" aria-label="Curves of all lanes" data-testid="compare-curves" />
      </div>
    </Panel>
  );
}
