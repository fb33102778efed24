import { useEffect, useRef } from 'react';
import { shownScheme, useScheme } from '../colour-scheme.ts';
import css from './compare.module.css';
import { drawMarker, laneLook } from './lane-looks.ts';

/** A piece of the lane's curve, and its letter. */
export function Swatch({
  position,
  letter,
  small = false,
}: {
  readonly position: number;
  readonly letter: string;
  /** The marker alone. */
  readonly small?: boolean;
}) {
  const width = small ? HEIGHT : WIDTH;
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useScheme(shownScheme);
  useEffect(() => {
    const ctx = canvas.current?.getContext('2d');
    if (!canvas.current || !ctx) return;
    const ratio = window.devicePixelRatio || 1;
    canvas.current.width = width * ratio;
    canvas.current.height = HEIGHT * ratio;
    ctx.scale(ratio, ratio);
    const look = laneLook(position, scheme);
    ctx.strokeStyle = look.colour;
    ctx.lineWidth = 1.75;
    ctx.setLineDash([...look.dash]);
    ctx.beginPath();
    ctx.moveTo(0, HEIGHT / 2);
    ctx.lineTo(width, HEIGHT / 2);
    ctx.stroke();
    drawMarker(
      ctx,
      look,
      width / 2,
      HEIGHT / 2,
      4,
      getComputedStyle(canvas.current).getPropertyValue('--panel'),
    );
  }, [position, scheme, width]);
  return (
    <span className={css.swatch} aria-hidden="true">
      <b>{letter}</b>
      <canvas ref={canvas} style={{ width, height: HEIGHT }} />
    </span>
  );
}
const WIDTH = 30;
const HEIGHT = 14;
