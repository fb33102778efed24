import { type PointerEvent, useId, useRef, useState } from 'react';
import { runLog } from '../../state/run-log.ts';
import { comparableFigure } from '../../training/paper.ts';
import controls from '../../ui/controls.module.css';
import { Hint } from '../../ui/Hint.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { useApp, useLane, usePlayground } from '../context.ts';
import { themeOf } from '../figures/canvas/theme.ts';
import figure from '../figures/figure.module.css';
import { useFigure } from '../figures/use-figure.ts';
import { placeOn } from '../figures/use-size.ts';
import { useSummary } from '../figures/use-summary.ts';
import { onDemand } from '../loading/OnDemand.tsx';
import { gridNames } from '../measures.ts';
import { ExportMenu } from '../share/ExportMenu.tsx';
import { figureTables } from '../share/figures.ts';
import { Term } from '../terms/Term.tsx';
import { BaselinesNote, BaselinesToggle } from './BaselinesControl.tsx';
import { baselineMarks, describeBaselines } from './baselines.ts';
import css from './CurvesPanel.module.css';
import { drawCurves } from './draw-curves.ts';
import { Legend } from './Legend.tsx';
import { curvesLayout, stepAtX } from './layout.ts';
import { describeCurves } from './summary.ts';

export const DataDialog = onDemand('The table of data', () => import('./DataDialog.tsx'), { floating: true });

/** Relative L2 error and loss over the steps of the run; a click goes to the step under the pointer. */
export function CurvesPanel() {
  const { lane, baselines, actions } = usePlayground();
  const canvas = useRef<HTMLCanvasElement>(null);
  const summary = useRef<HTMLParagraphElement>(null);
  const id = useId();
  const [hover, setHover] = useState<number>();
  const [data, setData] = useState(false);
  const { config } = useApp((state) => ({ config: state.config }));
  const { steps } = config;
  const names = useLane((state) => gridNames(state.config, state.data));
  const shownBaselines = () => {
    const { shown, report } = baselines.getState();
    return shown ? report : undefined;
  };
  const lastStep = () => Math.max(steps, lane.getState().end, shownBaselines()?.steps ?? 0);

  /** Of the whole run, also of what comes after the step shown. */
  const paper = () => comparableFigure(runLog(lane.getState(), lane.getState().end, config));

  useFigure(canvas, [lane, baselines], (frame) =>
    drawCurves(frame, {
      ...{ run: lane.getState(), last: lastStep(), paper: paper(), hover },
      baselines: baselineMarks(shownBaselines()),
    }),
  );
  useSummary(canvas, [lane, baselines], () => {
    const also = baselines.getState().shown ? ` ${describeBaselines(shownBaselines())}` : '';
    const text = describeCurves(lane.getState()) + also;
    if (summary.current) summary.current.textContent = text;
    return text;
  });

  /** Step under the pointer, if the run has passed it. */
  const stepUnder = (event: PointerEvent) => {
    const { width, height } = event.currentTarget.getBoundingClientRect();
    const { scale, fontSize } = themeOf(event.currentTarget);
    const { error } = curvesLayout(width / scale, height / scale, fontSize);
    const { x } = placeOn(event.currentTarget, event);
    if (x < error.left - 6 || x > error.left + error.width + 6) return undefined;
    const step = stepAtX(error, x, lastStep());
    return step <= lane.getState().end ? step : undefined;
  };

  return (
    <Panel
      title={
        <>
          <Term id="relativeL2">Error</Term> and <Term id="loss">loss</Term>
        </>
      }
      className={css.panel}
      actions={
        <>
          <BaselinesToggle />
          <Hint text="The losses and errors of the run as numbers, and as a file">
            <button
              type="button"
              className={controls.link}
              aria-haspopup="dialog"
              onClick={() => setData(true)}
            >
              Data
            </button>
          </Hint>
          <ExportMenu
            name="error and loss"
            table={async () => (await figureTables()).curvesTable(lane.getState(), paper())}
            also={() =>
              shownBaselines()
                ? [
                    {
                      name: 'without spikes',
                      table: async () => (await figureTables()).baselinesTable(shownBaselines()),
                    },
                  ]
                : []
            }
            legend={async (theme) => (await figureTables()).curvesLegend(theme, names)}
          />
        </>
      }
      footer={
        <>
          <Legend names={names} hover={hover} />
          <BaselinesNote />
        </>
      }
    >
      <div className={figure.figure} translate="no">
        <canvas
          ref={canvas}
          role="img"
          aria-label="Curves of relative L2 error and loss"
          aria-describedby={id}
          data-testid="curves"
          className={css.canvas}
          onPointerMove={(event) => event.pointerType === 'mouse' && setHover(stepUnder(event))}
          onPointerLeave={() => setHover(undefined)}
          onClick={(event) => {
            const step = stepUnder(event as unknown as PointerEvent);
            if (step !== undefined) void actions.seek(step);
          }}
        />
        <p id={id} ref={summary} className="hidden-visually" />
      </div>
      {data && <DataDialog onClose={() => setData(false)} />}
    </Panel>
  );
}
