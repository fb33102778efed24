import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react';
import {
  MOST_DRAWN,
  SAMPLES_FIELDS,
  type SamplesSettings,
  samplesLab,
  shiftsOf,
} from '../../state/labs/samples.ts';
import { useApp } from '../context.ts';
import { themeOf } from '../figures/canvas/theme.ts';
import { formatNumber, formatTick, linearScale } from '../figures/canvas/ticks.ts';
import { useDrag } from '../figures/drag.ts';
import figure from '../figures/figure.module.css';
import { useFigure } from '../figures/use-figure.ts';
import { useDrawingSize } from '../figures/use-size.ts';
import { useSummary } from '../figures/use-summary.ts';
import { Range } from '../inside/shared/Range.tsx';
import { ExportMenu } from '../share/ExportMenu.tsx';
import { Term, TermSpot } from '../terms/Term.tsx';
import { DrawButtons } from './DrawButtons.tsx';
import { LabFrame } from './LabFrame.tsx';
import css from './lab.module.css';
import { labMadeWith } from './made-with.ts';
import type { LabProps } from './props.ts';
import { COMPARED, drawMeans, shiftsTable } from './samples/draw-means.ts';
import { drawShifts, FROM, shiftsBoxes, TO } from './samples/draw-shifts.ts';
import { useCountUp } from './use-count-up.ts';
import { useLab } from './use-lab.ts';
import { useRendered } from './use-rendered.ts';

/** The weak form at one membrane potential: random shifts, what each gives, and their mean. */
export default function SamplesLab({ title, onClose }: LabProps) {
  const [settings, change] = useLab('samples', samplesLab);
  // A scene says it in its own words, and asks first.
  const inLesson = useApp(({ presentation }) => presentation.lesson !== undefined);
  const shown = useCountUp(settings.drawn);
  const present = useMemo(() => ({ ...settings, drawn: shown }), [settings, shown]);
  const shifts = useMemo(() => shiftsOf(present), [present]);
  const facts = useMemo(() => samplesLab.facts(present), [present]);
  const means = useRef<HTMLCanvasElement>(null);
  useFigure(means, [], (frame) => drawMeans(frame, present, shifts));
  const rendered = useRendered();
  useSummary(means, [rendered], () => `Mean of the shifts over their number: ${standing(settings)}`);

  const table = () => shiftsTable(present, shifts);
  const madeWith = () => labMadeWith(title, SAMPLES_FIELDS, present);
  return (
    <div className={css.lab} data-testid="lab">
      <LabFrame title={title} onClose={onClose} table={table} madeWith={madeWith}>
        <div className={css.layout}>
          <div className={css.act}>
            {!inLesson && (
              <p>
                Shift <Term id="membrane">U</Term> at random. If the shift crosses the{' '}
                <Term id="threshold">threshold</Term>, it gives its size over σ²; if not, 0. The mean is the{' '}
                <Term id="SG">surrogate gradient</Term>.
              </p>
            )}
            <DrawButtons drawn={settings.drawn} most={MOST_DRAWN} seed={settings.seed} onChange={change} />
            <output className={css.numbers} data-testid="lab-numbers">
              <span>
                <strong>{shown}</strong> {shown === 1 ? 'shift' : 'shifts'}, {facts.crossings} crossed
              </span>
              <span>
                Mean <strong>{formatNumber(facts.estimate)}</strong>
                {shown >= COMPARED && (
                  <>
                    , SG <strong>{formatNumber(facts.surrogate)}</strong>
                  </>
                )}
              </span>
            </output>
          </div>
          <Shifts
            settings={present}
            shifts={shifts}
            summary={() => standing(settings)}
            onMembrane={(membrane) => change({ membrane })}
          />
          <div className={css.second} data-figure>
            <div className={css.head}>
              <h3>The mean settles</h3>
              <ExportMenu name="mean of the shifts" table={table} madeWith={madeWith} />
            </div>
            <div className={`${figure.figure} ${css.plot}`} translate="no">
              <canvas ref={means} role="img" aria-label="Mean of the shifts" data-testid="lab-means" />
            </div>
          </div>
          <div className={css.settings}>
            <Range
              label={SAMPLES_FIELDS.membrane.label}
              term="membrane"
              value={settings.membrane}
              {...SAMPLES_FIELDS.membrane.bounds}
              step={0.01}
              format={formatTick}
              onChange={(membrane) => change({ membrane })}
            />
            <Range
              label={SAMPLES_FIELDS.sigma.label}
              term="sigma"
              value={settings.sigma}
              {...SAMPLES_FIELDS.sigma.bounds}
              step={0.01}
              format={formatTick}
              onChange={(sigma) => change({ sigma })}
            />
            <Range
              label="Shifts K in one estimate"
              term="WSG"
              value={settings.samples}
              min={1}
              max={16}
              step={1}
              format={formatTick}
              onChange={(samples) => change({ samples })}
            />
          </div>
        </div>
      </LabFrame>
    </div>
  );
}

function standing(settings: SamplesSettings): string {
  const { drawn, crossings, estimate, surrogate, membrane } = samplesLab.facts(settings);
  return `at U = ${membrane}, ${drawn} shifts, ${crossings} of them crossed the threshold, mean ${formatNumber(estimate)}, SG ${formatNumber(surrogate)}`;
}

interface ShiftsProps {
  readonly settings: SamplesSettings;
  readonly shifts: ReturnType<typeof shiftsOf>;
  readonly summary: () => string;
  readonly onMembrane: (membrane: number) => void;
}

/** The step, the curve and the shifts; a pointer or the arrow keys move U. */
function Shifts({ settings, shifts, summary, onMembrane }: ShiftsProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useDrawingSize(canvas);
  const boxesOf = (width: number, height: number, fontSize: number) =>
    shiftsBoxes(width, height, fontSize / 11.5);
  useFigure(canvas, [], (frame) =>
    drawShifts(frame, {
      settings,
      shifts,
      boxes: boxesOf(frame.width, frame.height, frame.theme.fontSize),
    }),
  );
  const rendered = useRendered();
  useSummary(canvas, [rendered], () => `The spike’s step, the surrogate, and random shifts: ${summary()}`);
  const { min, max } = SAMPLES_FIELDS.membrane.bounds;
  const move = (value: number, step: number) =>
    onMembrane(Number((Math.round(Math.min(max, Math.max(min, value)) / step) * step).toFixed(2)) + 0);
  const point = (event: PointerEvent) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    move(linearScale(FROM, TO, left, left + width).invert(event.clientX), 0.05);
  };
  const drag = useDrag({ scrolls: true, onMove: point });
  const press = (event: KeyboardEvent) => {
    const way = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (way === undefined) return;
    event.preventDefault();
    const step = event.shiftKey ? 0.01 : 0.05;
    move(settings.membrane + way * step, step);
  };
  const boxes =
    size && canvas.current ? boxesOf(size.width, size.height, themeOf(canvas.current).fontSize) : undefined;
  return (
    <div className={css.first} data-figure>
      <div className={`${figure.figure} ${css.plot}`} translate="no">
        <canvas ref={canvas} role="img" aria-label="Random shifts" data-testid="lab-shifts" />
        {boxes && (
          <div className={figure.overlay}>
            <div
              role="slider"
              tabIndex={0}
              className={css.pull}
              style={{
                ...boxes.curves,
                height: boxes.dots.top + boxes.dots.height + 8 - boxes.curves.top,
              }}
              aria-label="Membrane potential U, on the figure"
              aria-valuemin={min}
              aria-valuemax={max}
              aria-valuenow={settings.membrane}
              onKeyDown={press}
              {...drag}
            />
            <TermSpot
              id="heaviside"
              name="H, Heaviside step"
              place={{ right: 12, width: '30%', top: boxes.curves.top, height: 24 }}
            />
          </div>
        )}
      </div>
    </div>
  );
}
