import { useRef, useState } from 'react';
import type { LaneStore } from '../../state/lane-store.ts';
import { diverging } from '../figures/canvas/colour-map.ts';
import { niceBound } from '../figures/canvas/ticks.ts';
import figure from '../figures/figure.module.css';
import { FieldImage } from '../figures/prediction/draw-map.ts';
import { scaleLock } from '../figures/scale-lock.ts';
import { useFigure } from '../figures/use-figure.ts';
import { useSummary } from '../figures/use-summary.ts';
import { answerOf, errorOf, relativeErrorOf } from '../operator/answer.ts';
import { drawCurves, largest } from '../operator/curve.ts';
import { spaceTimeField } from '../operator/field-maps.ts';
import { useForcing } from '../operator/forcing-context.ts';
import { drawCaption, drawLaneAnswer, squareIn } from './draw-lane.ts';
import css from './lane-figures.module.css';

interface Props {
  readonly lane: LaneStore;
  readonly name: string;
}

/** Exact solution, the lane's answer to the forcing that all lanes are asked, and their difference, over one coordinate. */
export function LaneCurve({ lane, name }: Props) {
  const forcing = useForcing();
  const canvas = useRef<HTMLCanvasElement>(null);
  const sources = [lane, forcing.store];
  useFigure(canvas, sources, (frame) => {
    const { exact } = forcing.store.getState();
    const state = lane.getState();
    const axes = state.data?.operator?.axes;
    if (!exact || !axes || exact.length !== axes[0].length) return;
    const error = errorOf(state, forcing.store.getState());
    drawLaneAnswer(frame, axes[0], {
      exact,
      answer: answerOf(state),
      error,
      high: 1.3 * Math.max(1e-6, largest(exact)),
    });
  });
  useSummary(
    canvas,
    sources,
    () =>
      `Exact solution, the answer of ${name} and its error; relative L2 error of this function ${relativeErrorOf(lane.getState(), forcing.store.getState())}`,
  );
  return (
    <div className={`${figure.figure} ${css.map}`} translate="no">
      <canvas ref={canvas} role="img" aria-label={`Answer of ${name}`} data-testid="lane-map-network" />
    </div>
  );
}

/** The lane's answer over (x, t), or its difference from the exact solution. */
export function LaneSpaceTime({
  lane,
  name,
  shown,
  bound,
}: Props & { readonly shown: 'network' | 'error'; readonly bound: () => number }) {
  const forcing = useForcing();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [image] = useState(() => new FieldImage());
  const values = () => {
    const state = lane.getState();
    return shown === 'network' ? answerOf(state) : errorOf(state, forcing.store.getState());
  };
  const sources = [lane, forcing.store, scaleLock];
  useFigure(canvas, sources, (frame) => {
    const { ctx, theme } = frame;
    const box = squareIn(frame);
    const now = values();
    const high = bound();
    if (now && now.length > 0)
      image.draw(frame, box, spaceTimeField(now), diverging(theme.scheme), -high, high);
    ctx.strokeStyle = theme.line;
    ctx.strokeRect(box.left - 0.5, box.top - 0.5, box.width + 1, box.height + 1);
    drawCaption(frame, box, shown === 'network' ? 'answer' : 'error');
  });
  const what = shown === 'network' ? 'Answer' : 'Error';
  useSummary(
    canvas,
    sources,
    () => `${what} of ${name} over x and t: largest absolute value ${largest(values()).toPrecision(3)}`,
  );
  return (
    <div className={`${figure.figure} ${css.map}`} translate="no">
      <canvas ref={canvas} role="img" aria-label={`${what} of ${name}`} data-testid={`lane-map-${shown}`} />
    </div>
  );
}

/** The exact solution over (x, t) to the forcing that all lanes are asked, and that forcing. */
export function TruthSpaceTime({ lane, bound }: Pick<Props, 'lane'> & { readonly bound: () => number }) {
  const forcing = useForcing();
  const map = useRef<HTMLCanvasElement>(null);
  const curve = useRef<HTMLCanvasElement>(null);
  const [image] = useState(() => new FieldImage());
  const sources = [lane, forcing.store];
  useFigure(map, sources, (frame) => {
    const { exact } = forcing.store.getState();
    const box = squareIn(frame);
    const high = bound();
    if (exact && exact.length > 0)
      image.draw(frame, box, spaceTimeField(exact), diverging(frame.theme.scheme), -high, high);
    frame.ctx.strokeStyle = frame.theme.line;
    frame.ctx.strokeRect(box.left - 0.5, box.top - 0.5, box.width + 1, box.height + 1);
  });
  useFigure(curve, sources, (frame) => {
    const { g } = forcing.store.getState();
    const nodes = lane.getState().data?.operator?.nodes;
    if (!g || !nodes || g.length !== nodes.length) return;
    const high = niceBound(1.05 * largest(g));
    const lines = [{ x: nodes, y: g, name: 'g', look: 'truth' }] as const;
    drawCurves(frame, { lines, from: 0, to: 1, low: -high, high, xLabel: 'x' });
  });
  useSummary(
    map,
    sources,
    () =>
      `Exact solution over x and t: largest absolute value ${largest(forcing.store.getState().exact).toPrecision(3)}`,
  );
  useSummary(
    curve,
    sources,
    () => `Its forcing f(x): largest absolute value ${largest(forcing.store.getState().g).toPrecision(3)}`,
  );
  return (
    <div className={css.maps}>
      <div className={`${figure.figure} ${css.surface}`} translate="no">
        <canvas ref={map} role="img" aria-label="Exact solution" data-testid="truth-map" />
      </div>
      <div className={`${figure.figure} ${css.surface}`} translate="no">
        <canvas ref={curve} role="img" aria-label="Forcing" data-testid="truth-forcing" />
      </div>
    </div>
  );
}
