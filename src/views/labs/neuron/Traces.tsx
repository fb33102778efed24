import { type RefObject, useRef, useState } from 'react';
import type { Table } from '../../../io/csv.ts';
import { type NeuronCourse, type NeuronSettings, neuronLab } from '../../../state/labs/neuron.ts';
import type { Box } from '../../figures/canvas/surface.ts';
import { themeOf } from '../../figures/canvas/theme.ts';
import figure from '../../figures/figure.module.css';
import type { Range } from '../../figures/spikes/membrane.ts';
import { useFigure } from '../../figures/use-figure.ts';
import { useDrawingSize } from '../../figures/use-size.ts';
import { useSummary } from '../../figures/use-summary.ts';
import { TermSpot } from '../../terms/Term.tsx';
import type { Playback } from '../use-playback.ts';
import { useRendered } from '../use-rendered.ts';
import { CurrentLayer } from './CurrentLayer.tsx';
import { drawTraces } from './draw-traces.ts';
import { TimeStrip } from './TimeStrip.tsx';
import css from './Traces.module.css';
import { currentRange, type TraceRows, traceRows } from './traces.ts';

interface TracesProps {
  readonly settings: NeuronSettings;
  readonly courses: readonly NeuronCourse[];
  readonly playback: Playback;
  /** Given a function that draws anew. */
  readonly redraw: RefObject<(() => void) | undefined>;
  /** Left out where the current is not to be drawn. */
  readonly onDraw?: (currents: readonly number[]) => void;
}

/** Usual size of the text in a figure, in px. */
const TEXT = 11.5;

/** Current, membrane and spikes; the current is drawn with the pointer or the keys, the other rows move the time cursor. */
export function Traces({ settings, courses, playback, redraw, onDraw }: TracesProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useDrawingSize(canvas);
  /** While a current is drawn its axis stays as it is. */
  const [held, setHeld] = useState<Range>();
  const { time, underWay, now } = playback;
  const { T, input } = settings;
  const neurons = courses.length === 2 ? 2 : 1;
  const range = held ?? currentRange([...courses[0].currents, ...courses[0].arrived]);
  const rowsOf = (width: number, height: number, fontSize: number) =>
    traceRows(width, height, neurons, fontSize / TEXT);

  redraw.current = useFigure(canvas, [], (frame) => {
    drawTraces(frame, {
      settings,
      courses,
      rows: rowsOf(frame.width, frame.height, frame.theme.fontSize),
      range,
      time,
      until: underWay ? now.current : T,
      hint: onDraw && input !== 'drawn' ? 'draw a current here' : '',
    });
  });
  const rendered = useRendered();
  useSummary(canvas, [rendered], () => summaryOf(settings));

  const rows =
    size && canvas.current ? rowsOf(size.width, size.height, themeOf(canvas.current).fontSize) : undefined;
  return (
    <div className={`${figure.figure} ${css.traces}`} translate="no" data-neurons={neurons}>
      <canvas ref={canvas} role="img" aria-label="The neuron" data-testid="lab-traces" />
      {rows && (
        <div className={figure.overlay}>
          <TermSpot
            id="current"
            name="Z, current"
            place={{ left: 0, top: rows.current.top, width: 24, height: rows.current.height }}
          />
          {onDraw && (
            <CurrentLayer
              box={rows.current}
              range={range}
              currents={courses[0].currents}
              time={time}
              onTime={playback.point}
              onHold={(hold) => setHeld(hold ? range : undefined)}
              onDraw={onDraw}
            />
          )}
          {rows.membranes.map((box, n) => (
            <TermSpot
              key={`membrane ${n}`}
              id="membrane"
              name="U, membrane potential"
              place={{ left: 0, top: box.top, width: 24, height: box.height }}
            />
          ))}
          {rows.membranes.map((box, n) => (
            <TermSpot
              key={`threshold ${n}`}
              id="threshold"
              name="ϑ, threshold"
              place={{ left: box.left + box.width + 2, right: 0, top: box.top, height: box.height }}
            />
          ))}
          {rows.spikes.map((box, n) => (
            <TermSpot
              key={`spikes ${n}`}
              id="spike"
              name="S, spikes"
              place={{ left: 0, top: box.top, width: box.left - 2, height: Math.max(24, box.height) }}
            />
          ))}
          <TimeStrip box={stripBox(rows, onDraw === undefined)} T={T} time={time} onTime={playback.point} />
        </div>
      )}
    </div>
  );
}

/** Where a pointer moves the time cursor: on membranes and spikes, and on the current where that is not drawn. */
function stripBox({ current, membranes, spikes }: TraceRows, whole: boolean): Box {
  const top = whole ? current.top : membranes[0].top;
  const last = spikes[spikes.length - 1];
  return { ...current, top, height: last.top + last.height - top };
}

function summaryOf(settings: NeuronSettings): string {
  const { T, input, current, spikes, firstSpike, neurons, secondSpikes, kind } = neuronLab.facts(settings);
  const flow = input === 'steady' ? `a steady current of ${current}` : `a current of the kind “${input}”`;
  const first = spikes > 0 ? `, the first at time step ${firstSpike}` : '';
  const second = neurons > 1 ? `; the second neuron spikes ${secondSpikes} times` : '';
  const synapse = kind === 'LIF' ? '' : ` and what comes of it through the synapse of ${kind}`;
  return `Current${synapse}, membrane potential and spikes over ${T} time steps: under ${flow} the neuron spikes ${spikes} times${first}${second}`;
}

/** What the traces show, a row for each time step. */
export function tracesTable(courses: readonly NeuronCourse[]): Table {
  const names = (n: number) => (courses.length > 1 ? `_${n + 1}` : '');
  return {
    header: [
      'time_step',
      ...courses.flatMap((_, n) =>
        ['current', 'synaptic_current', 'membrane_before_reset', 'spike', 'membrane_after_reset'].map(
          (name) => name + names(n),
        ),
      ),
    ],
    rows: courses[0].currents.map((_, k) => [
      k + 1,
      ...courses.flatMap(({ currents, arrived, membranes, spikes, left }) => [
        currents[k],
        arrived[k],
        membranes[k],
        spikes[k],
        left[k],
      ]),
    ]),
  };
}
