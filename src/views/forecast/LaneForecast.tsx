import { useRef } from 'react';
import type { LaneStore } from '../../state/lane-store.ts';
import lanes from '../compare/lane-figures.module.css';
import figure from '../figures/figure.module.css';
import { useFigure } from '../figures/use-figure.ts';
import { useSummary } from '../figures/use-summary.ts';
import { formatError } from '../format.ts';
import { drawCurves } from '../operator/curve.ts';
import { forecastsOf } from './forecast-of.ts';
import { seriesPlot } from './series-plot.ts';

/** The series around the moment that is shown, and how one lane goes on. */
export function LaneForecast({ lane, name }: { readonly lane: LaneStore; readonly name: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useFigure(canvas, [lane], (frame) => {
    const state = lane.getState();
    const forecasts = forecastsOf(state.config);
    if (forecasts) drawCurves(frame, seriesPlot(forecasts, state, 0));
  });
  useSummary(
    canvas,
    [lane],
    () =>
      `The series, and the forecast of ${name}; relative L2 error ${formatError(lane.getState().prediction?.error)}`,
  );
  return (
    <div className={`${figure.figure} ${lanes.map}`} translate="no">
      <canvas ref={canvas} role="img" aria-label={`Forecast of ${name}`} data-testid="lane-map-network" />
    </div>
  );
}
