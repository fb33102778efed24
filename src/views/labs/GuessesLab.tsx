import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from 'react';
import {
  averageOf,
  GUESSES_FIELDS,
  type GuessesSettings,
  guessesLab,
  guessesOf,
  MOST_GUESSES,
  REACH,
  stepped,
  type Vector,
} from '../../state/labs/guesses.ts';
import { Button } from '../../ui/Button.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
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
import { Term } from '../terms/Term.tsx';
import { DrawButtons } from './DrawButtons.tsx';
import { drawDistance, guessesTable } from './guesses/draw-distance.ts';
import { drawMap, mapBox } from './guesses/draw-map.ts';
import { LabFrame } from './LabFrame.tsx';
import css from './lab.module.css';
import { labMadeWith } from './made-with.ts';
import type { LabProps } from './props.ts';
import { useCountUp } from './use-count-up.ts';
import { useLab } from './use-lab.ts';
import { useRendered } from './use-rendered.ts';

/** Two parameters: the gradient, random guesses, what each makes of it, and their mean. */
export default function GuessesLab({ title, onClose }: LabProps) {
  const [settings, change] = useLab('guesses', guessesLab);
  /** Parameters before each step that was taken here. */
  const [trail, setTrail] = useState<readonly Vector[]>([]);
  // A scene says it in its own words, and asks first.
  const inLesson = useApp(({ presentation }) => presentation.lesson !== undefined);
  const shown = useCountUp(settings.drawn);
  const present = useMemo(() => ({ ...settings, drawn: shown }), [settings, shown]);
  const guesses = useMemo(() => guessesOf(present), [present]);
  const facts = useMemo(() => guessesLab.facts(present), [present]);
  const distances = useRef<HTMLCanvasElement>(null);
  useFigure(distances, [], (frame) => drawDistance(frame, present, guesses));
  const rendered = useRendered();
  useSummary(distances, [rendered], () => `Distance of the mean from the gradient: ${standing(settings)}`);

  const move = ([a, b]: Vector) => {
    setTrail([]);
    change({ a, b });
  };
  const step = () => {
    const [a, b] = stepped(settings, averageOf(guessesOf(settings)));
    setTrail([...trail, [settings.a, settings.b]]);
    change({ a, b, drawn: 1, seed: (settings.seed + 1) >>> 0 });
  };
  const table = () => guessesTable(present, guesses);
  const last = guesses.at(-1);
  const madeWith = () => labMadeWith(title, GUESSES_FIELDS, present);
  return (
    <div className={css.lab} data-testid="lab">
      <LabFrame title={title} onClose={onClose} table={table} madeWith={madeWith}>
        <div className={css.layout}>
          <div className={css.act}>
            {!inLesson && (
              <p>
                Guess a <Term id="direction">direction</Term>. Going along it, how fast does the{' '}
                <Term id="loss">loss</Term> rise? That one number (the <Term id="JVP">JVP</Term>) times the
                guess is a rough <Term id="gradient">gradient</Term>; the mean of many is the true one.
              </p>
            )}
            <DrawButtons drawn={settings.drawn} most={MOST_GUESSES} seed={settings.seed} onChange={change} />
            <output className={css.numbers} data-testid="lab-numbers">
              {last && (
                <span>
                  Guess ({formatTick(Number(last.direction[0].toFixed(2)))},{' '}
                  {formatTick(Number(last.direction[1].toFixed(2)))}): the loss{' '}
                  {last.derivative > 0 ? 'rises' : 'falls'}, number{' '}
                  <strong>{formatNumber(last.derivative)}</strong>
                </span>
              )}
              <span>
                <strong>{shown}</strong> {shown === 1 ? 'guess' : 'guesses'}
                {shown > 0 && (
                  <>
                    , <Term id="cosine">cosine</Term> <strong>{formatNumber(facts.cosine)}</strong>, angle{' '}
                    <strong>{Math.round(facts.angle)}°</strong>
                  </>
                )}
              </span>
              <span>
                Loss <strong>{formatNumber(facts.loss)}</strong>
              </span>
            </output>
            <Button
              className={figure.button}
              why={settings.drawn === 0 ? 'there is no mean yet: draw a guess first' : undefined}
              onClick={step}
              data-testid="lab-learn"
            >
              step against the mean
            </Button>
          </div>
          <LossMap settings={present} guesses={guesses} trail={trail} onMove={move} />
          <div className={css.second} data-figure>
            <div className={css.head}>
              <h3>How far off the mean is</h3>
              <ExportMenu name="distance of the mean" table={table} madeWith={madeWith} />
            </div>
            <div className={`${figure.figure} ${css.plot}`} translate="no">
              <canvas
                ref={distances}
                role="img"
                aria-label="Distance of the mean"
                data-testid="lab-distance"
              />
            </div>
          </div>
          <div className={css.settings}>
            <Range
              label={GUESSES_FIELDS.a.label}
              value={settings.a}
              {...GUESSES_FIELDS.a.bounds}
              step={0.05}
              format={formatTick}
              onChange={(a) => move([a, settings.b])}
            />
            <Range
              label={GUESSES_FIELDS.b.label}
              value={settings.b}
              {...GUESSES_FIELDS.b.bounds}
              step={0.05}
              format={formatTick}
              onChange={(b) => move([settings.a, b])}
            />
            <Segmented
              label={<Term id="direction">Entries of a guess</Term>}
              value={settings.law}
              options={[
                { value: 'rademacher', label: '+1 or −1' },
                { value: 'gaussian', label: 'normal numbers' },
              ]}
              onChange={(law) => change({ law })}
            />
          </div>
        </div>
      </LabFrame>
    </div>
  );
}

function standing(settings: GuessesSettings): string {
  const { a, b, drawn, cosine, distance, loss } = guessesLab.facts(settings);
  const mean =
    drawn > 0
      ? `; their mean has cosine ${formatNumber(cosine)} with the gradient, distance ${formatNumber(distance)}`
      : '';
  return `at a = ${a}, b = ${b} the loss is ${formatNumber(loss)}; ${drawn} guesses${mean}`;
}

interface LossMapProps {
  readonly settings: GuessesSettings;
  readonly guesses: ReturnType<typeof guessesOf>;
  readonly trail: readonly Vector[];
  readonly onMove: (to: Vector) => void;
}

/** The loss over both parameters with the arrows; a pointer or the arrow keys move the parameters. */
function LossMap({ settings, guesses, trail, onMove }: LossMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useDrawingSize(canvas);
  useFigure(canvas, [], (frame) => {
    const box = mapBox(frame.width, frame.height, frame.theme.fontSize / 11.5);
    drawMap(frame, { settings, guesses, trail, box });
  });
  const rendered = useRendered();
  useSummary(canvas, [rendered], () => `Loss over two parameters: ${standing(settings)}`);
  const inside = (value: number) => Number(Math.min(REACH, Math.max(-REACH, value)).toFixed(2)) + 0;
  const point = (event: PointerEvent) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const x = linearScale(-REACH, REACH, left, left + width);
    const y = linearScale(-REACH, REACH, top + height, top);
    const round = (value: number) => inside(Math.round(value / 0.05) * 0.05);
    onMove([round(x.invert(event.clientX)), round(y.invert(event.clientY))]);
  };
  const drag = useDrag({ scrolls: true, onMove: point });
  const press = (event: KeyboardEvent) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] }[event.key];
    if (!way) return;
    event.preventDefault();
    const step = event.shiftKey ? 0.01 : 0.1;
    onMove([inside(settings.a + step * way[0]), inside(settings.b + step * way[1])]);
  };
  const box =
    size && canvas.current
      ? mapBox(size.width, size.height, themeOf(canvas.current).fontSize / 11.5)
      : undefined;
  return (
    <div className={css.first} data-figure>
      <div className={`${figure.figure} ${css.plot}`} translate="no">
        <canvas ref={canvas} role="img" aria-label="Loss over two parameters" data-testid="lab-map" />
        {box && (
          <div className={figure.overlay}>
            <div
              // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys move the parameters, too
              tabIndex={0}
              role="application"
              aria-roledescription="map"
              aria-label={`Parameters a = ${formatTick(settings.a)}, b = ${formatTick(settings.b)}: the arrow keys move them`}
              className={css.map}
              style={box}
              onKeyDown={press}
              {...drag}
            />
          </div>
        )}
      </div>
    </div>
  );
}
