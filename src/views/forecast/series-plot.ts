import type { LaneState } from '../../state/lane-store.ts';
import type { CurvePlot } from '../operator/curve.ts';
import { type Forecasts, momentOf, windowIndex } from './forecast-of.ts';

const ranges = new WeakMap<Float64Array, readonly [number, number]>();

/** Least and greatest value of a series, with a little room. */
function rangeOf(values: Float64Array): readonly [number, number] {
  let range = ranges.get(values);
  if (!range) {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const room = 0.06 * (most - least || 1);
    range = [least - room, most + room];
    ranges.set(values, range);
  }
  return range;
}

/**
 * The series around a moment, with linear autoregression and the lane's answer. It is that of the window that was answered last: until
 * one was asked for the first test window, before any answer the one numbered `at`.
 */
export function seriesPlot(forecasts: Forecasts, { probe }: Pick<LaneState, 'probe'>, at: number): CurvePlot {
  const { history } = forecasts.windows.test;
  const asked = probe?.requestedRow;
  const answered = asked ? windowIndex(forecasts, asked, at) : probe && 0;
  const { time, series, autoregression, placed } = momentOf(forecasts, answered ?? at, history);
  const answer = answered === undefined ? undefined : probe?.functions?.answer;
  const [low, high] = rangeOf(forecasts.series);
  return {
    lines: [
      { x: time, y: autoregression, name: 'linear', look: 'quiet' },
      { x: time, y: series, name: 'series', look: 'truth' },
      ...(answer?.length === forecasts.windows.horizons.length
        ? [{ x: time, y: placed(answer), name: 'network', look: 'network' as const }]
        : []),
    ],
    from: time[0],
    to: time[time.length - 1],
    low,
    high,
    xLabel: `${forecasts.clock.unit} from now`,
    cursor: 0,
  };
}
