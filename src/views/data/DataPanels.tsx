import { type PointerEvent, type ReactNode, useMemo, useRef } from 'react';
import type { Table as SavedTable } from '../../io/csv.ts';
import { ownUnit } from '../../problems/samples.ts';
import { nameOfTable } from '../../problems/table.ts';
import type { LaneState } from '../../state/lane-store.ts';
import type { Config } from '../../training/config.ts';
import { Panel } from '../../ui/Panel.tsx';
import { useLane, usePlayground } from '../context.ts';
import { useDrag } from '../figures/drag.ts';
import figure from '../figures/figure.module.css';
import grid from '../figures/PredictionPanels.module.css';
import heat from '../figures/prediction/HeatMap.module.css';
import { ProbeMarker } from '../figures/prediction/ProbeMarker.tsx';
import { type Point, pointing, useMoveProbe, useProbe } from '../figures/prediction/probe.ts';
import { useFigure } from '../figures/use-figure.ts';
import { placeOn, useDrawingSize } from '../figures/use-size.ts';
import { useSummary } from '../figures/use-summary.ts';
import { formatCount, formatError } from '../format.ts';
import { useStableBound } from '../operator/use-bound.ts';
import { ExportMenu } from '../share/ExportMenu.tsx';
import { dataBox, drawDataCurve, drawDataMap, nodesOf, type Range, targetRange } from './draw-data.ts';
import { errorsOf, placeText, pointsOf, type Samples, samplesOf, unitText } from './samples-of.ts';

/** A table, what the network makes of it, and the error left on the test rows: as maps over two inputs, as curves over one. */
export function DataPanels() {
  const { actions } = usePlayground();
  const config = useLane((state) => state.config);
  const samples = useMemo(() => samplesOf(config), [config]);
  const open = (
    <button type="button" className={figure.button} onClick={() => actions.look('data')}>
      your data
    </button>
  );
  if (!samples) return <Missing config={config} actions={open} />;
  return (
    <div className={grid.maps} data-testid="data-panels">
      <div className={grid.grid}>
        {samples.inputs.length === 2 ? (
          <Maps samples={samples} actions={open} />
        ) : (
          <Curves samples={samples} actions={open} />
        )}
      </div>
    </div>
  );
}

interface Props {
  readonly samples: Samples;
  readonly actions: ReactNode;
}

/** The data are not here: a link names them, or what it carried came to harm. */
function Missing({ config, actions }: { readonly config: Config; readonly actions: ReactNode }) {
  const [name, rows] = nameOfTable(config.data).split('/');
  return (
    <Panel title="Your data" actions={actions}>
      <p className={figure.note} data-testid="data-missing">
        “{name}” ({formatCount(Number(rows))} rows) is not here. Drop the file on this page, or choose it
        under “your data”.
      </p>
    </Panel>
  );
}

function Maps({ samples, actions }: Props) {
  const { lane } = usePlayground();
  const { inputs, target, data } = samples;
  const range = targetRange(target, data.offset);
  const bound = useErrorBound(samples);
  const at = `${target.name} over ${inputs.map(({ name }) => name).join(' and ')}`;
  const learned = pointsOf(samples, data.train);
  const tested = pointsOf(samples, data.test);
  const errors = () => errorsNow(samples, lane.getState());
  return (
    <>
      <DataFigure
        title="Your data"
        name={`${at}: rows to learn from, test rows ringed`}
        testId="data-points"
        samples={samples}
        actions={actions}
        inputs={() => [learned, tested]}
        draw={(frame, canvas) =>
          drawDataMap(frame, canvas, {
            inputs,
            range,
            layers: [{ points: learned }, { points: tested, ringed: true }],
          })
        }
        table={() => rowsTable(samples)}
        footer={<Counts samples={samples} />}
      />
      <DataFigure
        title="Spiking network"
        className={grid.main}
        name={`Output of the network, ${at}, with the test rows`}
        testId="data-network"
        samples={samples}
        inputs={() => [lane.getState().prediction]}
        draw={(frame, canvas) =>
          drawDataMap(frame, canvas, {
            inputs,
            range,
            field: lane.getState().prediction?.drawn,
            layers: [{ points: tested, ringed: true }],
          })
        }
        table={() => outputTable(samples, lane.getState())}
        footer={<Reading samples={samples} />}
      />
      <DataFigure
        title="Test error"
        name="Network minus target on the test rows"
        testId="data-error"
        samples={samples}
        inputs={() => [lane.getState().prediction]}
        draw={(frame, canvas) => {
          const points = errors();
          const high = bound(points?.values);
          const layers = points ? [{ points, ringed: true }] : [];
          drawDataMap(frame, canvas, { inputs, range: { from: -high, to: high }, layers });
        }}
        table={() => errorsTable(samples, lane.getState())}
        footer={<Errors />}
      />
    </>
  );
}

function Curves({ samples, actions }: Props) {
  const { lane } = usePlayground();
  const { inputs, target, data } = samples;
  const [input] = inputs;
  const bound = useErrorBound(samples);
  const cursor = useLane(({ view: { probe } }) => (probe[0]?.length === 1 ? probe[0][0] : undefined));
  const learned = pointsOf(samples, data.train);
  const tested = pointsOf(samples, data.test);
  const room = 0.08 * (target.to - target.from);
  const range: Range = { from: target.from - room, to: target.to + room };
  return (
    <>
      <DataFigure
        title="Your data"
        name={`${target.name} over ${input.name}: rows to learn from, test rows ringed`}
        testId="data-points"
        samples={samples}
        actions={actions}
        inputs={() => [cursor, learned, tested]}
        draw={(frame) =>
          drawDataCurve(frame, {
            ...{ input, target, range, cursor },
            layers: [{ points: learned }, { points: tested, ringed: true }],
          })
        }
        table={() => rowsTable(samples)}
        footer={<Counts samples={samples} />}
      />
      <DataFigure
        title="Spiking network"
        className={grid.main}
        name={`Output of the network, ${target.name} over ${input.name}, with the test rows`}
        testId="data-network"
        samples={samples}
        inputs={() => [lane.getState().prediction, cursor, tested]}
        draw={(frame) =>
          drawDataCurve(frame, {
            ...{ input, target, range, cursor },
            line: lane.getState().prediction?.drawn,
            layers: [{ points: tested, ringed: true }],
          })
        }
        table={() => outputTable(samples, lane.getState())}
        footer={<Reading samples={samples} />}
      />
      <DataFigure
        title="Test error"
        name={`Network minus target on the test rows over ${input.name}`}
        testId="data-error"
        samples={samples}
        inputs={() => [lane.getState().prediction, cursor]}
        draw={(frame) => {
          const points = errorsNow(samples, lane.getState());
          const high = bound(points?.values);
          drawDataCurve(frame, {
            ...{ input, cursor, range: { from: -high, to: high } },
            layers: points ? [{ points, ringed: true }] : [],
          });
        }}
        table={() => errorsTable(samples, lane.getState())}
        footer={<Errors />}
      />
    </>
  );
}

/** End of the errors' range: follows them in rare steps. */
function useErrorBound(samples: Samples) {
  const bound = useStableBound(samples);
  return (values: ArrayLike<number> | undefined) => {
    let most = 0;
    for (let i = 0; i < (values?.length ?? 0); i++) most = Math.max(most, Math.abs(values?.[i] ?? 0));
    return bound(Number.isFinite(most) && most > 0 ? most : samples.data.unit);
  };
}

const errorsNow = (samples: Samples, { prediction }: LaneState) =>
  prediction && errorsOf(samples, prediction);

interface FigureProps {
  readonly title: string;
  /** What is drawn, as the canvas is called. */
  readonly name: string;
  readonly testId: string;
  readonly samples: Samples;
  readonly className?: string;
  readonly actions?: ReactNode;
  readonly inputs: () => readonly unknown[];
  readonly draw: (frame: Parameters<typeof drawDataMap>[0], canvas: HTMLCanvasElement) => void;
  readonly table: () => SavedTable | undefined;
  readonly footer: ReactNode;
}

/** A panel with a drawing over the inputs: pressed, it shows the spikes at that input. */
function DataFigure({
  title,
  name,
  testId,
  samples,
  className,
  actions,
  inputs,
  draw,
  table,
  footer,
}: FigureProps) {
  const playground = usePlayground();
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useDrawingSize(canvas);
  const square = samples.inputs.length === 2;
  const movePoint = useMoveProbe();
  const point = useProbe();
  const place = useLane((state) => state.view.probe[0]);
  const sources = [playground.lane, pointing];
  useFigure(canvas, sources, (frame) => canvas.current && draw(frame, canvas.current), inputs);
  useSummary(canvas, sources, () => `${name}; ${errorWords(playground.lane.getState())}`);

  const box = size && dataBox(size.width, size.height, square);
  const move = ([x, y]: Point) => {
    if (square) movePoint([x, y]);
    else void playground.actions.setProbe([Math.max(-1, Math.min(1, Math.round(100 * x) / 100))]);
  };
  const moveTo = (event: PointerEvent) => {
    if (!canvas.current || !box) return;
    const { x, y } = placeOn(canvas.current, event);
    move([(2 * (x - box.left)) / box.width - 1, 1 - (2 * (y - box.top)) / box.height]);
  };
  const drag = useDrag({ scrolls: true, onStart: moveTo, onMove: moveTo });
  const shown: Point | undefined = square ? point : place?.length === 1 ? [place[0], 0] : undefined;
  return (
    <Panel
      title={title}
      className={className}
      actions={
        <>
          {actions}
          <ExportMenu name={title} table={table} />
        </>
      }
      footer={footer}
    >
      <div className={`${figure.figure} ${heat.map}`} translate="no">
        <canvas ref={canvas} role="img" aria-label={name} data-testid={testId} {...drag} />
        {box && shown && (
          <div className={figure.overlay}>
            <ProbeMarker
              map={title}
              point={shown}
              left={box.left + ((shown[0] + 1) / 2) * box.width}
              top={box.top + ((1 - shown[1]) / 2) * box.height}
              onMove={move}
              onDrag={moveTo}
            />
          </div>
        )}
      </div>
    </Panel>
  );
}

function Counts({ samples: { data } }: { readonly samples: Samples }) {
  return (
    <span className={figure.note}>
      {formatCount(data.train.target.length)} rows to learn from, {formatCount(data.test.target.length)}{' '}
      ringed for the test
    </span>
  );
}

/** Output of the network at the probe, in the target's unit. */
function Reading({ samples: { inputs, target } }: Pick<Props, 'samples'>) {
  const { output, row } = useLane(({ probe, view }) => ({ output: probe?.output, row: view.probe[0] }));
  const where = row?.length === inputs.length ? ` at ${placeText(inputs, row)}` : '';
  return (
    <span data-testid="data-reading">
      {output === undefined ? '' : `${target.name} ${unitText(output, target)}${where}`}
    </span>
  );
}

function Errors() {
  const words = useLane(errorWords);
  return <span className={figure.note}>{words}</span>;
}

/** Both errors by the same evaluation, and on which rows. */
function errorWords({ prediction, data }: LaneState): string {
  if (!prediction || !data) return '';
  const rows = (prediction.grid === 'coarse' ? data.coarse : data.test).target.length;
  return `Relative L2: ${formatError(prediction.error)} on ${formatCount(rows)} test rows, ${formatError(prediction.fittedError)} on rows learned from`;
}

/** Columns by the names that they have in the table, and in ASCII for programs. */
const columnsOf = (titles: readonly string[]) => ({
  titles,
  header: titles.map(
    (name, k) =>
      name
        .normalize('NFKD')
        .replace(/[^\w]+/g, '_')
        .replace(/^_|_$/g, '') || `column_${k + 1}`,
  ),
});

/** All rows, and which are for the test. */
function rowsTable(samples: Samples): SavedTable {
  const { inputs, target, data } = samples;
  const rowsOf = (set: typeof data.train, part: string) => {
    const [{ width, inputs: values }] = set.factors;
    const { unit, offset = 0 } = data;
    return Array.from(set.target, (value, i) => [
      ...inputs.map((column, k) => ownUnit(column, values[i * width + k])),
      value * unit + offset,
      part,
    ]);
  };
  return {
    ...columnsOf([...inputs.map(({ name }) => name), target.name, 'part']),
    rows: [...rowsOf(data.train, 'learned from'), ...rowsOf(data.test, 'test')],
  };
}

function outputTable(
  { inputs, target }: Samples,
  { prediction }: Pick<LaneState, 'prediction'>,
): SavedTable | undefined {
  const drawn = prediction?.drawn;
  if (!drawn) return undefined;
  return {
    ...columnsOf([...inputs.map(({ name }) => name), `network: ${target.name}`]),
    rows: nodesOf(inputs).map((place, k) => [...place, drawn[k]]),
  };
}

function errorsTable(samples: Samples, state: LaneState): SavedTable | undefined {
  const points = errorsNow(samples, state);
  if (!points) return undefined;
  const { inputs, target } = samples;
  return {
    ...columnsOf([...inputs.map(({ name }) => name), `network minus ${target.name}`]),
    rows: Array.from(points.values, (value, i) => [
      ...inputs.map((column, k) => ownUnit(column, points.inputs[i * points.width + k])),
      value,
    ]),
  };
}
