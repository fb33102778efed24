import type { KeyboardEvent, PointerEvent } from 'react';
import { formatNumber } from '../../figures/canvas/ticks.ts';
import { useDrag } from '../../figures/drag.ts';
import type { Point } from '../../figures/prediction/probe.ts';
import css from './EndHandle.module.css';

interface EndHandleProps {
  readonly name: 'A' | 'B';
  readonly point: Point;
  readonly onMove: (point: Point) => void;
  /** Point of the square under the pointer. */
  readonly toPoint: (event: PointerEvent) => Point;
}

const STEPS: Record<string, Point> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** One end of the line: dragged, or moved with the arrow keys (finer with shift). */
export function EndHandle({ name, point, onMove, toPoint }: EndHandleProps) {
  const [x, y] = point;
  const press = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const size = event.shiftKey ? 0.01 : 0.1;
    onMove([x + size * step[0], y + size * step[1]]);
  };
  const { onPointerDown, ...drag } = useDrag({
    onStart: ({ currentTarget }) => currentTarget.focus({ preventScroll: true }),
    onMove: (event) => onMove(toPoint(event)),
  });
  return (
    <div
      role="slider"
      tabIndex={0}
      className={css.handle}
      style={{ left: `${50 + 50 * x}%`, top: `${50 - 50 * y}%` }}
      aria-label={`End ${name} of the line`}
      aria-description="Arrow keys move it in x and y, with shift in finer steps"
      aria-valuemin={-1}
      aria-valuemax={1}
      aria-valuenow={x}
      aria-valuetext={`x ${formatNumber(x)}, y ${formatNumber(y)}`}
      onKeyDown={press}
      {...drag}
      onPointerDown={(event) => {
        onPointerDown(event);
        event.preventDefault();
      }}
    >
      <span aria-hidden="true">{name}</span>
    </div>
  );
}
