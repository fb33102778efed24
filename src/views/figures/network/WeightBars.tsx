import { useRef } from 'react';
import { line } from '../canvas/axes.ts';
import { crisp, type Frame } from '../canvas/surface.ts';
import { formatNumber } from '../canvas/ticks.ts';
import figure from '../figure.module.css';
import { useFigure } from '../use-figure.ts';
import card from './NeuronCard.module.css';
import css from './WeightBars.module.css';
import type { NeuronWeights } from './weights.ts';

const TEXT = 16;
const MOST_BAR = 14;

/** Weights of one neuron as bars around zero: those it reads with on the left, those it is read with on the right. */
export function WeightBars({ weights }: { readonly weights: NeuronWeights }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { incoming, outgoing, bias } = weights;
  useFigure(canvas, [], (frame) => {
    const gap = 16;
    const share = incoming.length / (incoming.length + outgoing.length);
    const middle = Math.min(0.7, Math.max(0.3, share)) * (frame.width - gap);
    drawGroup(frame, 0, middle, incoming, 'in');
    drawGroup(frame, middle + gap, frame.width - middle - gap, outgoing, 'out');
  });
  const most = (values: readonly number[]) => formatNumber(Math.max(0, ...values.map(Math.abs)));
  const words = `Weights in: ${incoming.length}, at most ${most(incoming)} in size. Out: ${outgoing.length}, at most ${most(outgoing)}. Bias ${formatNumber(bias)}.`;
  return (
    <>
      <div className={`${figure.figure} ${css.weights}`} translate="no">
        <canvas ref={canvas} role="img" aria-label={words} />
      </div>
      <p className={card.line}>Bias {formatNumber(bias, 3)}</p>
    </>
  );
}

function drawGroup(frame: Frame, left: number, width: number, values: readonly number[], name: string): void {
  const { ctx, theme, ratio } = frame;
  const most = Math.max(1e-9, ...values.map(Math.abs));
  const zero = crisp(TEXT + (frame.height - TEXT) / 2, ratio);
  const half = (frame.height - TEXT) / 2 - 1;
  const step = Math.min(MOST_BAR, width / values.length);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'top';
  ctx.fillStyle = theme.muted;
  const caption = values.length === 1 ? `1 weight ${name}` : `${values.length} weights ${name}`;
  const full = `${caption}, ±${formatNumber(most)}`;
  ctx.fillText(ctx.measureText(full).width <= width ? full : `${name} ±${formatNumber(most)}`, left, 0);
  values.forEach((value, k) => {
    ctx.fillStyle = value > 0 ? theme.positive : theme.negative;
    const height = (Math.abs(value) / most) * half;
    ctx.fillRect(left + k * step, value > 0 ? zero - height : zero, Math.max(1, step * 0.75), height);
  });
  line(frame, left, zero, left + Math.max(step * values.length, 12), zero, theme.muted);
}
