import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import css from './compare.module.css';
import { drawMarker, laneLook } from './lane-looks.ts';

/** A piece of the lane's curve, and its letter. */
export function Swatch({ position, letter }: { readonly position: number; readonly letter: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    const ctx = canvas.current?.getContext('2d');
    if (!canvas.current || !ctx) return;
    const ratio = window.devicePixelRatio || 1;
    canvas.current.width = WIDTH * ratio;
    canvas.current.height = HEIGHT * ratio;
    ctx.scale(ratio, ratio);
    const look = laneLook(position, scheme);
    ctx.strokeStyle = look.colour;
    ctx.lineWidth = 1.75;
    ctx.setLineDash([...look.dash]);
    ctx.beginPath();
    ctx.moveTo(0, HEIGHT / 2);
    ctx.lineTo(WIDTH, HEIGHT / 2);
    ctx.stroke();
    drawMarker(
      ctx,
      look,
      WIDTH / 2,
      HEIGHT / 2,
      4,
      getComputedStyle(canvas.current).getPropertyValue('--panel'),
    );
  }, [position, scheme]);
  return (
    <span className={css.swatch} aria-hidden="true">
      <b>{letter}</b>
      <canvas ref={canvas} style={{ width: WIDTH, height: HEIGHT }} />
    </span>
  );
}
const WIDTH = 30;
const HEIGHT = 14;
