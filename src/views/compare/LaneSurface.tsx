import { useRef } from 'react';
import type { LaneStore } from '../../state/lane-store.ts';
import { diverging } from '../figures/canvas/colour-map.ts';
import type { Field } from '../figures/canvas/field-image.ts';
import type { Frame } from '../figures/canvas/surface.ts';
import { formatNumber, niceTicks } from '../figures/canvas/ticks.ts';
import figure from '../figures/figure.module.css';
import { drawSurface } from '../figures/prediction/draw-surface.ts';
import {
  extremes,
  heightsOf,
  isSurface,
  predictionFields,
  targetField,
} from '../figures/prediction/fields.ts';
import { useFigure } from '../figures/use-figure.ts';
import { useSummary } from '../figures/use-summary.ts';
import { formatError } from '../format.ts';
import css from './lane-figures.module.css';

interface Props {
  readonly lane: LaneStore;
  /** The lane's name in a sentence; the target is shown where there is none. */
  readonly name?: string;
  /** Ends of the colours that all surfaces share. */
  readonly bound: () => number;
}

/** Nodes of a surface along each side at most: several are drawn in a frame. */
const NODES = 26;
/** A canvas less high has no numbers along its edges. */
const ROOM = 150;

/** A lane's answer, or the target, as a surface over the square: all have one scale and are seen from the same side. */
export function LaneSurface({ lane, name, bound }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const target = () => {
    const { data } = lane.getState();
    return isSurface(data) ? targetField(data, 'stated') : undefined;
  };
  const shown = () => (name === undefined ? target() : predictionFields(lane.getState())?.network);
  useFigure(
    canvas,
    [lane],
    (frame) => {
      const [exact, field] = [target(), shown()];
      if (exact && field) draw(frame, field, exact, bound());
    },
    () => [shown(), target(), bound()],
  );
  const what = name === undefined ? 'The truth' : `Answer of ${name}`;
  useSummary(canvas, [lane], () => {
    const field = shown();
    if (!field) return `${what} as a surface: nothing to show yet`;
    const { least, greatest } = extremes(field);
    const range = `from ${formatNumber(least.value, 3)} to ${formatNumber(greatest.value, 3)}`;
    const error =
      name === undefined ? '' : `; relative L2 error ${formatError(lane.getState().prediction?.error)}`;
    return `${what} as a surface over x and y, ${range}${error}`;
  });
  return (
    <div className={`${figure.figure} ${css.surface}`} translate="no">
      <canvas
        ref={canvas}
        role="img"
        aria-label={`${what} as a surface`}
        data-testid={name === undefined ? 'truth-surface' : 'lane-surface'}
      />
    </div>
  );
}

function draw(frame: Frame, field: Field, target: Field, bound: number): void {
  const heights = heightsOf(target);
  const box = { left: 0, top: 0, width: frame.width, height: frame.height };
  const ticks = niceTicks(...heights, 3);
  const numbered = frame.height >= ROOM && frame.width >= ROOM;
  if (numbered) {
    box.left = 10;
    box.width -= 10;
  }
  drawSurface(frame, box, field, {
    ...{ lut: diverging(frame.theme.scheme), bound, heights, fitted: target, most: NODES },
    ticks: numbered ? ticks : undefined,
  });
}
