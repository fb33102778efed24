import type { KeyboardEvent, PointerEvent } from 'react';
import { formatNumber } from '../canvas/ticks.ts';
import { useDrag } from '../drag.ts';
import css from './ProbeMarker.module.css';
import type { Point } from './probe.ts';

interface ProbeMarkerProps {
  /** What the map shows, for the accessible name. */
  readonly map: string;
  readonly point: Point;
  /** Place on the canvas in CSS pixels. */
  readonly left: number;
  readonly top: number;
  readonly onMove: (point: Point) => void;
  readonly onDrag: (event: PointerEvent) => void;
}

const STEPS: Record<string, Point> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** The probe on a map: a ring that can be dragged, or moved with the arrow keys (finer with shift). */
export function ProbeMarker({ map, point, left, top, onMove, onDrag }: ProbeMarkerProps) {
  const [x, y] = point;
  const press = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const size = event.shiftKey ? 0.01 : 0.05;
    onMove([x + size * step[0], y + size * step[1]]);
  };
  const { onPointerDown, ...drag } = useDrag({
    scrolls: true,
    onStart: ({ currentTarget }) => currentTarget.focus({ preventScroll: true }),
    onMove: onDrag,
  });
  return (
    <div
      role="slider"
      tabIndex={0}
      className={css.probe}
      data-testid="probe"
      style={{ left, top }}
      aria-label={`Probe on ${map}`}
      title="The input whose spikes are shown: drag it, or press the map"
      aria-description="Arrow keys move it in x and y, with shift in finer steps"
      aria-valuemin={-1}
      aria-valuemax={1}
      aria-valuenow={x}
      aria-valuetext={`x ${formatNumber(x)}, y ${formatNumber(y)}`}
      onKeyDown={press}
      {...drag}
      onPointerDown={(event) => {
        onPointerDown(event);
        // A press selects no text around it.
        event.preventDefault();
      }}
    >
      <svg viewBox="-14 -14 28 28" aria-hidden="true">
        <circle r="7.5" className={css.halo} />
        <circle r="7.5" className={css.ring} />
        <circle r="1.6" className={css.dot} />
      </svg>
    </div>
  );
}
