import { useRef, useState } from 'react';
import type { LaneState, LaneStore } from '../../state/lane-store.ts';
import { restOf } from '../../state/lanes-moment.ts';
import { diverging } from '../figures/canvas/colour-map.ts';
import { formatNumber } from '../figures/canvas/ticks.ts';
import { useDrag } from '../figures/drag.ts';
import figure from '../figures/figure.module.css';
import { networkOf } from '../figures/network-of.ts';
import { drawZeroLine, FieldImage } from '../figures/prediction/draw-map.ts';
import { predictionFields } from '../figures/prediction/fields.ts';
import { useMoveProbe, useProbe } from '../figures/prediction/probe.ts';
import { clampSelection, selection } from '../figures/selection.ts';
import { useFigure } from '../figures/use-figure.ts';
import { useSummary } from '../figures/use-summary.ts';
import { formatCount, formatError } from '../format.ts';
import { MEASURES } from '../measures.ts';
import { drawCaption, drawLaneRaster, squareIn } from './draw-lane.ts';
import frame from './lane.module.css';
import css from './lane-figures.module.css';
import { offScaleNow } from './off-scale.ts';
import { useLaneOf } from './use-lanes.ts';

interface LaneFigureProps {
  readonly lane: LaneStore;
  /** The lane's name in a sentence. */
  readonly name: string;
}

/** Output or signed error of one lane on the square, without axes: all lanes share them. A click moves the probe of all. */
export function LaneMap({
  lane,
  name,
  shown,
  bound,
}: LaneFigureProps & { readonly shown: 'network' | 'error'; readonly bound: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [image] = useState(() => new FieldImage());
  const move = useMoveProbe();
  const probe = useProbe();
  const field = () => predictionFields(lane.getState())?.[shown];
  useFigure(canvas, [lane], (frame) => {
    const box = squareIn(frame);
    const { ctx, theme } = frame;
    const values = field();
    if (values) {
      image.draw(frame, box, values, diverging(theme.scheme), -bound, bound);
      if (shown === 'network') drawZeroLine(frame, box, values);
    }
    ctx.strokeStyle = theme.line;
    ctx.strokeRect(box.left - 0.5, box.top - 0.5, box.width + 1, box.height + 1);
    drawCaption(frame, box, shown);
    if (!probe) return;
    const [x, y] = [box.left + ((probe[0] + 1) / 2) * box.width, box.top + ((1 - probe[1]) / 2) * box.height];
    ctx.strokeStyle = theme.ink;
    ctx.lineWidth = 1.25;
    ctx.beginPath();
    ctx.arc(x, y, 4, 0, 2 * Math.PI);
    ctx.stroke();
  });
  const drag = useDrag({
    scrolls: true,
    onMove(event) {
      const rect = event.currentTarget.getBoundingClientRect();
      const side = Math.min(rect.width, rect.height) - 2;
      const x = (2 * (event.clientX - rect.left - (rect.width - side) / 2)) / side - 1;
      const y = 1 - (2 * (event.clientY - rect.top - (rect.height - side) / 2)) / side;
      if (Math.abs(x) <= 1 && Math.abs(y) <= 1) move([x, y]);
    },
  });
  const what = shown === 'network' ? 'Output' : 'Signed error';
  useSummary(canvas, [lane], () => `${what} of ${name}; relative L2 error ${errorNow(lane.getState())}`);
  return (
    <div className={`${figure.figure} ${css.map}`} translate="no">
      <canvas
        ref={canvas}
        role="img"
        aria-label={`${what} of ${name}`}
        data-testid={`lane-map-${shown}`}
        {...drag}
      />
    </div>
  );
}

/** Spikes of one lane at the probe that all lanes share. */
export function LaneRaster({ lane, name }: LaneFigureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useFigure(canvas, [lane, selection], (frame) => {
    const { probe, config } = lane.getState();
    if (!probe) return;
    const { network, widths } = networkOf(config);
    drawLaneRaster(frame, network, widths, probe, clampSelection(selection.getState(), widths, probe.T));
  });
  const spikes = () => {
    const { probe } = lane.getState();
    return probe?.spikes.flat().reduce((sum, layer) => sum + layer.reduce((n, s) => n + s, 0), 0) ?? 0;
  };
  useSummary(canvas, [lane], () => `Raster of ${name}: ${formatNumber(spikes())} spikes at the probe`);
  return (
    <div className={`${figure.figure} ${css.raster}`} translate="no">
      <canvas ref={canvas} role="img" aria-label={`Raster of ${name}`} data-testid="lane-raster" />
    </div>
  );
}

/** The error of what is shown, and which measure of it: “0.031, live”. */
function errorNow({ prediction }: Pick<LaneState, 'prediction'>): string {
  return prediction ? `${formatError(prediction.error)}, ${MEASURES[prediction.grid]}` : '–';
}

/** Error, step and state of one lane. */
export function LaneStatus({ lane }: Pick<LaneFigureProps, 'lane'>) {
  const { error, grid, step, held, divergedAt, off } = useLaneOf(lane, (state) => ({
    error: state.prediction?.error,
    grid: state.prediction?.grid,
    step: state.step,
    held: state.held,
    divergedAt: state.divergedAt,
    off: offScaleNow(state),
  }));
  const where = restOf({ step, held, divergedAt }) ?? `step ${formatCount(step)}`;
  const state = off === undefined || off === 'diverged' ? where : `${where}, ${off}`;
  return (
    <span className={frame.status}>
      <span data-label>
        {grid && <span data-testid="lane-measure">{MEASURES[grid]} </span>}
        <b data-testid="lane-error">{formatError(error)}</b>
      </span>
      <span data-testid="lane-step" data-step={step} data-label>
        {state}
      </span>
    </span>
  );
}
