import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { PAINT_NODES } from '../../../problems/targets.ts';
import { diverging } from '../../figures/canvas/colour-map.ts';
import { useDrag } from '../../figures/drag.ts';
import figure from '../../figures/figure.module.css';
import { FieldImage } from '../../figures/prediction/draw-map.ts';
import { useFigure } from '../../figures/use-figure.ts';
import css from './PaintCanvas.module.css';
import { inside, type Place, toNode } from './painting.ts';

interface PaintCanvasProps {
  readonly values: Float32Array;
  readonly place: Place;
  readonly size: number;
  readonly description: string;
  readonly onDown: (place: Place) => void;
  readonly onPull: (place: Place) => void;
  readonly onUp: () => void;
  readonly onHover: (place: Place) => void;
  /** Returns whether the key meant something. */
  readonly onKey: (event: KeyboardEvent) => boolean;
}

/** What is painted, between its nodes as it will be learned, with the brush as a ring. */
export function PaintCanvas(props: PaintCanvasProps) {
  const { values, place, size } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [image] = useState(() => new FieldImage());

  useFigure(canvas, [], (frame) => {
    const { ctx, width, height, theme } = frame;
    const box = { left: 0, top: 0, width, height };
    image.draw(frame, box, { n: PAINT_NODES, values }, diverging(theme.scheme), -1, 1);
    ctx.strokeStyle = theme.muted;
    ctx.lineWidth = 1;
    ctx.strokeRect(0.5, 0.5, width - 1, height - 1);
    const node = width / (PAINT_NODES - 1);
    const ring = (radius: number, colour: string, thick: number) => {
      ctx.beginPath();
      ctx.arc(place.u * node, height - place.v * node, radius, 0, 2 * Math.PI);
      ctx.strokeStyle = colour;
      ctx.lineWidth = thick;
      ctx.stroke();
    };
    ring(Math.max(5, size * node), '#ffffff', 4);
    ring(Math.max(5, size * node), '#171c28', 1.75);
    ring(1, '#ffffff', 4);
    ring(1, '#171c28', 2);
  });

  const toPlace = (event: PointerEvent): Place => {
    const rect = event.currentTarget.getBoundingClientRect();
    const x = (2 * (event.clientX - rect.left)) / rect.width - 1;
    const y = 1 - (2 * (event.clientY - rect.top)) / rect.height;
    return inside({ u: toNode(x), v: toNode(y) });
  };
  const { onPointerMove, ...drag } = useDrag({
    onStart: (event) => props.onDown(toPlace(event)),
    onMove: (event) => props.onPull(toPlace(event)),
    onEnd: props.onUp,
  });
  return (
    <div
      className={`${figure.figure} ${css.easel}`}
      translate="no"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is painted on with the keyboard, too
      tabIndex={0}
      role="application"
      aria-roledescription="painting"
      aria-label="Painting of the target"
      aria-describedby={props.description}
      data-testid="painting"
      {...drag}
      onPointerMove={(event) => {
        onPointerMove(event);
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) props.onHover(toPlace(event));
      }}
      onKeyDown={(event) => {
        if (props.onKey(event)) event.preventDefault();
      }}
    >
      <canvas ref={canvas} />
    </div>
  );
}
