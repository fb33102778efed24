import { useEffect, useMemo, useRef } from 'react';
import { columnsTable } from '../../io/tables.ts';
import { FIELDS } from '../../training/config.ts';
import { specsOf } from '../../training/specs.ts';
import { readsSequence, windowLengths } from '../../training/window-lengths.ts';
import { Button } from '../../ui/Button.tsx';
import { useLane, usePlayground } from '../context.ts';
import figure from '../figures/figure.module.css';
import { useFigure } from '../figures/use-figure.ts';
import { figureHeight } from '../figures/use-size.ts';
import { useSummary } from '../figures/use-summary.ts';
import { formatCount, formatError } from '../format.ts';
import { latestWins } from '../latest-wins.ts';
import { gridNames, measureName } from '../measures.ts';
import { ExportMenu } from '../share/ExportMenu.tsx';
import { DataTable } from './shared/DataTable.tsx';
import shared from './shared/inside.module.css';
import { Range } from './shared/Range.tsx';
import { drawStaircase, staircaseLegend, TIMES } from './staircase/draw-staircase.ts';
import { useStaircase } from './staircase/use-staircase.ts';

/** The network as it was trained, simulated for another number of time steps: precision by T. One that reads a series: fewer samples of it. */
export function PrecisionStaircase() {
  const sequences = useLane((state) => readsSequence(specsOf(state.config).network));
  return sequences ? <LastSamples /> : <OtherTimes />;
}

function LastSamples() {
  const { T, sampleSteps } = useLane(({ config }) => ({ T: config.T, sampleSteps: config.sampleSteps }));
  const times = useMemo(() => windowLengths({ T, sampleSteps }), [T, sampleSteps]);
  return (
    <div className={shared.view} data-testid="staircase">
      <p className={shared.dim} data-introduces>
        How much of the past is needed? The network is fed only the last time steps of each window, with
        nothing before them, and read after the last one. A network that learned to read at the end of its
        windows alone knows no shorter ones; “learns to read at: each” shows it all lengths.
      </p>
      <Measured
        name="error by samples read"
        times={times}
        ticks={times}
        label={sampleSteps === 1 ? 'last samples read' : 'last time steps read'}
        mark={sampleSteps === 1 ? `a whole window: ${T}` : `a whole window: T = ${T}`}
        shownT={T}
      />
    </div>
  );
}

function OtherTimes() {
  const { lane, actions } = usePlayground();
  const { trained, T, error, grid } = useLane((state) => ({
    trained: state.config.T,
    T: state.view.inferenceT ?? state.config.T,
    error: state.prediction?.error,
    grid: state.prediction?.grid,
  }));
  const names = useLane((state) => gridNames(state.config, state.data));
  const show = useMemo(
    () => latestWins((inferenceT: number | undefined) => actions.setView({ inferenceT })),
    [actions],
  );

  // Without the slider in sight the page shows the network as it was trained.
  useEffect(
    () => () => {
      if (lane.getState().view.inferenceT !== undefined) void actions.setView({ inferenceT: undefined });
    },
    [lane, actions],
  );

  return (
    <div className={shared.view} data-testid="staircase">
      <p className={shared.dim} data-introduces>
        With T time steps a mean rate can only be a multiple of 1/T. The weights were trained at T = {trained}
        ; here the same weights are simulated for fewer or more steps, everywhere on the page. Training is not
        touched.
      </p>
      <Range
        label="Time steps T"
        value={T}
        min={1}
        max={FIELDS.T.bounds.max}
        step={1}
        format={(value) => (value === trained ? `${value}, as trained` : `${value}`)}
        onChange={(value) => show(value === trained ? undefined : value)}
      />
      <div className={shared.row}>
        <strong className={shared.number} data-testid="staircase-error">
          relative L2 {formatError(error)} at T = {T}
          {grid && ` (${measureName(grid, names)})`}
        </strong>
        <Button
          className={shared.quiet}
          why={T === trained ? `it is simulated with ${trained} time steps already` : undefined}
          onClick={() => show(undefined)}
        >
          Back to T = {trained}
        </Button>
      </div>
      <Measured
        name="precision staircase"
        times={TIMES}
        ticks={TIMES}
        label="time steps T"
        mark={`trained at T = ${trained}`}
        shownT={T}
      />
    </div>
  );
}

interface MeasuredProps {
  /** Of the saved figure. */
  readonly name: string;
  readonly times: readonly number[];
  readonly ticks: readonly number[];
  readonly label: string;
  readonly mark: string;
  /** T of what the page shows. */
  readonly shownT: number;
}

/** The errors, measured anew as training goes on: a figure and its numbers. */
function Measured({ name, times, ticks, label, mark, shownT }: MeasuredProps) {
  const { lane } = usePlayground();
  const trained = useLane((state) => state.config.T);
  const names = useLane((state) => gridNames(state.config, state.data));
  const { staircase, fault } = useStaircase(times);
  const canvas = useRef<HTMLCanvasElement>(null);

  /** The error of what the page shows, where it may stand beside the measured ones: same points, same weights. */
  const comparable = () => {
    const { prediction } = lane.getState();
    return prediction?.grid === staircase?.grid && prediction?.step === staircase?.step
      ? prediction?.error
      : undefined;
  };
  const chart = () => ({
    ...{ ticks, label, trained, mark },
    times: staircase?.times ?? [],
    errors: staircase?.errors ?? [],
    shown: { T: shownT, error: comparable() },
  });
  useFigure(canvas, [lane], (frame) => drawStaircase(frame, chart()));
  const words = () =>
    (staircase?.times ?? [])
      .map((time, i) => `${formatError(staircase?.errors[i])} at T = ${time}`)
      .join(', ');
  useSummary(canvas, [lane], () =>
    staircase ? `Relative L2 error by the number of time steps: ${words()}` : 'Errors are being measured',
  );

  return (
    <>
      <div
        className={figure.figure}
        translate="no"
        // On a stage all of it fits below the slider and the error.
        style={{ height: `min(${figureHeight(280)}, max(200px, 100cqh - ${figureHeight(160)}))` }}
        data-figure
      >
        <div className={shared.save}>
          <ExportMenu
            name={name}
            legend={staircaseLegend}
            table={() =>
              staircase && {
                ...columnsTable({ T: staircase.times, relative_l2: staircase.errors }),
                notes: [
                  `weights of step ${staircase.step}`,
                  `trained at T ${trained}`,
                  measureName(staircase.grid, names),
                ],
              }
            }
          />
        </div>
        <canvas ref={canvas} role="img" aria-label="Error by T" data-testid="staircase-chart" />
      </div>
      <p className={fault ? shared.fault : shared.dim} role={fault ? 'alert' : undefined}>
        {fault ??
          (staircase
            ? `Squares: measured at step ${formatCount(staircase.step)}, ${measureName(staircase.grid, names)}; nothing was measured between them. Ring: what the page shows, once it is of the same step and points.`
            : 'Measuring…')}
      </p>
      <DataTable
        caption="Relative L2 error by the number of time steps"
        columns={['T', 'relative L2']}
        rows={() =>
          (staircase?.times ?? []).map((time, i) => [String(time), formatError(staircase?.errors[i])])
        }
      />
    </>
  );
}

export default PrecisionStaircase;
