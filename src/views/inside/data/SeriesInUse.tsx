import { useMemo } from 'react';
import { forecastExperiment } from '../../../experiments/forecast.ts';
import { EXPERIMENTS } from '../../../experiments/table.ts';
import { type OwnSeries, unpackSeries } from '../../../problems/series/own-series.ts';
import { nameOfTable } from '../../../problems/table.ts';
import type { Config } from '../../../training/config.ts';
import { useApp, useLane } from '../../context.ts';
import { describeTable } from '../../data/samples-of.ts';
import { formatNumber } from '../../figures/canvas/ticks.ts';
import { forecastsOf } from '../../forecast/forecast-of.ts';
import { formatCount } from '../../format.ts';
import shared from '../shared/inside.module.css';
import { Elsewhere, LinkNote } from './SheetParts.tsx';

/** What names the series that is to be forecast and is not there; empty where none was opened yet. */
export const missingSeries = (config: Config): string | undefined =>
  forecasts(config) && EXPERIMENTS[config.experiment].isDataMissing?.(config)
    ? nameOfTable(config.data)
    : undefined;

const forecasts = ({ experiment, series }: Config): boolean =>
  EXPERIMENTS[experiment].shape === 'series' && series === 'own';

/** The reader's series that is forecast: its samples, how they are split, and what a link carries. */
export function SeriesInUse() {
  const config = useLane((state) => state.config);
  const wanted = missingSeries(useApp((state) => state.config));
  const series = useMemo(() => seriesIn(config), [config]);
  if (wanted)
    return (
      <p className={shared.note} role="status" data-testid="data-wanted">
        The series is not here: {describeTable(wanted)}. Open that file to forecast it.
      </p>
    );
  if (!series && EXPERIMENTS[config.experiment].shape === 'series')
    return <p>{wanted === '' ? 'No series is open yet.' : 'A system’s series is forecast at the moment.'}</p>;
  if (!series) return <Elsewhere to={forecastExperiment.id} label="Go to the forecast" />;
  const { name, values, begin, interval, time, measured } = series;
  const cut = forecastsOf(config)?.windows.cut;
  const at = (sample: number) => formatNumber(begin + interval * sample);
  return (
    <section className={shared.section} aria-label="In use" data-testid="data-in-use">
      <h3>
        In use: {name}, {formatCount(values.length)} samples of {measured}
      </h3>
      <p className={shared.dim}>
        {time} {at(0)} to {at(values.length - 1)}.{' '}
        {cut !== undefined &&
          `Learned from: the samples before ${time} ${at(cut)}; the error is measured on those from there on. `}
        Values are fed in deviations from the mean of what is learned from, and shown in their own unit.
      </p>
      <LinkNote data={config.data} what="series" />
    </section>
  );
}

function seriesIn(config: Config): OwnSeries | undefined {
  if (!forecasts(config)) return undefined;
  try {
    return unpackSeries(config.data);
  } catch {
    return undefined;
  }
}
