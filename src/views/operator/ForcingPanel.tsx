import { type KeyboardEvent, type RefObject, useState } from 'react';
import { PICKED_FORCINGS, pickedPoints } from '../../state/forcing.ts';
import { CONTROL_POINTS, LARGEST_CONTROL } from '../../state/forcing-choice.ts';
import { useLane } from '../context.ts';
import { niceBound } from '../figures/canvas/ticks.ts';
import { useDrag } from '../figures/drag.ts';
import figure from '../figures/figure.module.css';
import { placeOn } from '../figures/use-size.ts';
import button from './button.module.css';
import { CurveFigure } from './CurveFigure.tsx';
import { curveBox, curveScales, largest } from './curve.ts';
import css from './ForcingPanel.module.css';
import { useForcing, useForcingState } from './forcing-context.ts';
import { useOperator } from './use-operator.ts';
import { useSamples } from './use-samples.ts';

/** The forcing: one of the test functions, or drawn by dragging control points. Dots show where the network looks. */
export function ForcingPanel() {
  const forcing = useForcing();
  const { choice, novelty, fault } = useForcingState(({ choice, novelty, fault }) => ({
    choice,
    novelty,
    fault,
  }));
  const operator = useLane((lane) => lane.data?.operator);
  const samples = useSamples();
  const { symbol, axes, interval } = useOperator();
  const [dragging, setDragging] = useState<{ bound: number }>();
  const [{ coordinate }] = axes;
  const name = `${symbol}(${coordinate})`;
  const [from, to] = interval;
  const drawing = choice.kind === 'drawn' ? choice.points : undefined;
  const bound = () =>
    dragging?.bound ?? niceBound(Math.max(1, 1.1 * largest(forcing.store.getState().g, drawing)));

  /** A drawing begins with what is shown. */
  const points = (): readonly number[] => {
    if (drawing) return drawing;
    const g = forcing.store.getState().g ?? new Float64Array(1);
    return Array.from(
      { length: CONTROL_POINTS },
      (_, i) => g[Math.round((i * (g.length - 1)) / (CONTROL_POINTS - 1))],
    );
  };
  const move = (index: number, value: number) => {
    const next = [...points()];
    next[index] = Math.max(-LARGEST_CONTROL, Math.min(LARGEST_CONTROL, value));
    forcing.choose({ kind: 'drawn', points: next });
  };

  return (
    <CurveFigure
      title={`Forcing ${name}`}
      testId="forcing"
      sources={[forcing.store]}
      plot={() => {
        const { g } = forcing.store.getState();
        if (!g || !operator) return undefined;
        return {
          lines: [{ x: operator.nodes, y: g, name: symbol, look: 'truth' }],
          backdrop: samples?.forcings,
          from,
          to,
          low: -bound(),
          high: bound(),
          xLabel: coordinate,
          dots: operator.constants.sensors,
        };
      }}
      summary={() => {
        const { g } = forcing.store.getState();
        const source = choice.kind === 'test' ? `test function ${choice.index + 1}` : 'drawn by hand';
        return `Forcing ${name}, ${source}: largest absolute value ${largest(g).toPrecision(3)}; ${operator?.constants.sensors.length ?? 0} sensors`;
      }}
      actions={
        <select
          className={`${button.button} ${css.pick}`}
          aria-label="Pick a forcing"
          value=""
          onChange={(event) => forcing.choose({ kind: 'drawn', points: pickedPoints(event.target.value) })}
        >
          <option value="" disabled>
            Pick…
          </option>
          {Object.keys(PICKED_FORCINGS).map((pick) => (
            <option key={pick}>{pick}</option>
          ))}
        </select>
      }
      footer={
        <span
          className={figure.note}
          role="status"
          title="Drag the handles. The network sees the forcing at its sensors only: a bump between them is invisible to it. Grey: functions it learns from."
        >
          {fault ?? hint(novelty) ?? (
            <>
              Dots: the {operator?.constants.sensors.length} points the network sees
              <span className={css.extra}>; a bump between them is lost. Grey: training functions</span>
            </>
          )}
        </span>
      }
      overlay={({ width, height }, canvas) => {
        const box = curveBox(width, height);
        const { x, y } = curveScales(box, { from, to, low: -bound(), high: bound() });
        return points().map((value, i) => {
          const at = from + ((to - from) * i) / (CONTROL_POINTS - 1);
          return (
            <Handle
              key={i}
              canvas={canvas}
              name={`${name} at ${at.toFixed(2)}`}
              value={value}
              left={x(at)}
              top={y(Math.max(-bound(), Math.min(bound(), value)))}
              toValue={(pixel) => y.invert(pixel)}
              onHold={(held) => setDragging(held ? { bound: bound() } : undefined)}
              onMove={(next) => move(i, next)}
            />
          );
        });
      }}
    />
  );
}

function hint(novelty: number | undefined): string | undefined {
  if (novelty === undefined || novelty <= 1.5) return undefined;
  return `${novelty > 2 ? 'Far' : 'Somewhat'} outside the training functions (${novelty.toFixed(1)} times their edge): expect a worse answer`;
}

interface HandleProps {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly name: string;
  readonly value: number;
  readonly left: number;
  readonly top: number;
  readonly toValue: (pixel: number) => number;
  readonly onHold: (held: boolean) => void;
  readonly onMove: (value: number) => void;
}

/** A control point: dragged up and down, or moved with the arrow keys. */
function Handle({ canvas, name, value, left, top, toValue, onHold, onMove }: HandleProps) {
  const press = (event: KeyboardEvent) => {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onMove(value + step * (event.shiftKey ? 0.02 : 0.1));
  };
  const drag = useDrag({
    onStart: () => onHold(true),
    onMove: (event) => canvas.current && onMove(toValue(placeOn(canvas.current, event).y)),
    onEnd: () => onHold(false),
  });
  return (
    <div
      role="slider"
      tabIndex={0}
      className={css.handle}
      style={{ left, top }}
      aria-label={name}
      title="Drag it up or down: the forcing follows, and so does the answer"
      aria-orientation="vertical"
      aria-valuemin={-LARGEST_CONTROL}
      aria-valuemax={LARGEST_CONTROL}
      aria-valuenow={Number(value.toFixed(3))}
      onKeyDown={press}
      {...drag}
    />
  );
}
