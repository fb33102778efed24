import { useEffect, useMemo, useState } from 'react';
import { nameOfTable } from '../../problems/table.ts';
import type { Config } from '../../training/config.ts';
import { Panel } from '../../ui/Panel.tsx';
import { useApp, useLane, usePlayground } from '../context.ts';
import { formatNumber } from '../figures/canvas/ticks.ts';
import figure from '../figures/figure.module.css';
import { formatCount, formatError } from '../format.ts';
import { CurveFigure } from '../operator/CurveFigure.tsx';
import css from './ForecastPanels.module.css';
import { errorsByHorizon, type Forecasts, forecastsOf, rowOf } from './forecast-of.ts';
import { seriesPlot } from './series-plot.ts';

/** From one window to the next while training is played. */
const MOMENT_MS = 250;
const STILL = '(prefers-reduced-motion: reduce)';

/** A series as it runs, the network's forecast at the moment that is shown, and how far forecasts reach. */
export function ForecastPanels() {
  const config = useLane((state) => state.config);
  const forecasts = useMemo(() => forecastsOf(config), [config]);
  if (!forecasts) return <Missing config={config} />;
  return <Panels forecasts={forecasts} />;
}

/** There is no series: the reader's is not here, or came to harm. */
function Missing({ config }: { readonly config: Config }) {
  const { actions } = usePlayground();
  if (config.series !== 'own') return null;
  const [name, rows] = nameOfTable(config.data).split('/');
  return (
    <Panel
      title="Your series"
      actions={
        <button type="button" className={figure.button} onClick={() => actions.look('data')}>
          your data
        </button>
      }
    >
      <p className={figure.note} data-testid="data-missing">
        {name
          ? `“${name}” (${formatCount(Number(rows))} samples) is not here, or cannot be forecast.`
          : 'No series is open.'}{' '}
        Drop a file with times and values, or values alone, on this page, or choose it under “your data”.
      </p>
    </Panel>
  );
}

function Panels({ forecasts }: { readonly forecasts: Forecasts }) {
  const { actions, lane } = usePlayground();
  const playing = useApp((state) => state.status === 'playing');
  const count = forecasts.windows.test.ends.length;
  const [chosen, setChosen] = useState(0);
  const at = Math.min(chosen, count - 1);

  useEffect(() => {
    void actions.setView({ probe: [Array.from(rowOf(forecasts, at))] });
  }, [actions, forecasts, at]);

  // Lanes side by side show the first moment, each coded in its own way.
  useEffect(
    () => () => {
      if (forecastsOf(lane.getState().config)) void actions.setView({ probe: [] });
    },
    [actions, lane],
  );

  useEffect(() => {
    if (!playing || matchMedia(STILL).matches) return;
    const timer = setInterval(() => setChosen((now) => (now + 1) % count), MOMENT_MS);
    return () => clearInterval(timer);
  }, [playing, count]);

  return (
    <div className={css.panels} data-testid="forecast-panels">
      <SeriesFigure forecasts={forecasts} at={at} choose={setChosen} />
      <HorizonFigure forecasts={forecasts} />
    </div>
  );
}

interface MomentProps {
  readonly forecasts: Forecasts;
  readonly at: number;
  readonly choose: (at: number) => void;
}

function SeriesFigure({ forecasts, at, choose }: MomentProps) {
  const { lane } = usePlayground();
  const { history } = forecasts.windows.test;
  return (
    <CurveFigure
      title="Series and forecast"
      testId="forecast"
      sources={[lane]}
      plot={() => seriesPlot(forecasts, lane.getState(), at)}
      summary={() =>
        `The series over ${history} samples up to now and ${forecasts.windows.horizons.length} after, with the network’s forecast and that of linear autoregression`
      }
      footer={
        <span className={css.moment}>
          <input
            type="range"
            min={0}
            max={forecasts.windows.test.ends.length - 1}
            value={at}
            aria-label="Moment of the test part"
            title="Which moment of the part that is not learned from is shown"
            onChange={(event) => choose(Number(event.target.value))}
          />
          <span className={figure.note}>
            Left of the line what is read, right of it <b>what came</b>, <b data-look="network">network</b>,{' '}
            <b data-look="quiet">linear</b>
          </span>
        </span>
      }
    />
  );
}

function HorizonFigure({ forecasts }: { readonly forecasts: Forecasts }) {
  const { lane } = usePlayground();
  const { horizons } = forecasts.windows;
  const { interval, unit } = forecasts.clock;
  const errors = () => errorsByHorizon(forecasts, lane.getState());
  const shown = useLane(({ prediction, data }) => ({ prediction, data }));
  const known = useMemo(() => errorsByHorizon(forecasts, shown), [forecasts, shown]);
  const quarter = horizons.indexOf(QUARTER);
  return (
    <CurveFigure
      title="Relative L2 by horizon"
      testId="horizons"
      sources={[lane]}
      plot={() => {
        const now = errors();
        if (!now) return undefined;
        const of = (list: readonly { readonly relativeL2: number }[]) =>
          Float64Array.from(list, ({ relativeL2 }) => relativeL2);
        const network = of(now.network);
        const x = horizons.map((horizon) => horizon * interval);
        return {
          lines: [
            { x, y: of(now.persistence), name: 'persistence', look: 'error' },
            { x, y: of(now.autoregression), name: 'linear', look: 'quiet' },
            { x, y: network, name: 'network', look: 'network' },
          ],
          from: 0,
          to: x[x.length - 1],
          low: 0,
          high: Math.max(1.25, ...network.filter(Number.isFinite)),
          xLabel: `${unit} ahead`,
        };
      }}
      summary={() => {
        const now = errors();
        const text = (h: number) =>
          now
            ? `${horizons[h] === 1 ? '1 sample' : `${horizons[h]} samples`} ahead: network ${formatError(now.network[h].relativeL2)}, R² ${formatNumber(now.network[h].r2, 3)}, linear autoregression ${formatError(now.autoregression[h].relativeL2)}, persistence ${formatError(now.persistence[h].relativeL2)}`
            : '';
        return `Relative L2 error by horizon. ${text(0)}; ${text(horizons.length - 1)}`;
      }}
      footer={
        <span className={figure.note}>
          <b data-look="network">network</b>, <b data-look="quiet">linear autoregression</b>,{' '}
          <b data-look="error">persistence</b>
          {known && quarter >= 0 && (
            <span>
              ; {QUARTER} samples ahead R² {formatNumber(known.network[quarter].r2, 3)}, linear{' '}
              {formatNumber(known.autoregression[quarter].r2, 3)}
            </span>
          )}
        </span>
      }
    />
  );
}

/** A horizon whose R² is told: beyond a quarter of Mackey–Glass's delay, where linear autoregression begins to fail. */
const QUARTER = 5;
