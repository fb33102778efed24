import { useRef, useState } from 'react';
import { usedByMethod } from '../../training/config.ts';
import { Panel } from '../../ui/Panel.tsx';
import { useLane, usePlayground } from '../context.ts';
import { wordsOf } from '../methods/words/all.ts';
import { ExportMenu } from '../share/ExportMenu.tsx';
import { figureTables } from '../share/figures.ts';
import { Term, TermSpot } from '../terms/Term.tsx';
import { stableBound } from './canvas/stable-bound.ts';
import figure from './figure.module.css';
import { networkOf } from './network-of.ts';
import css from './SurrogatePanel.module.css';
import { drawSurrogate, halfWidth, type SurrogatePicture } from './surrogate/draw-surrogate.ts';
import { histogram, shareWithin } from './surrogate/histogram.ts';
import { drawnDeltas } from './surrogate/weak-form.ts';
import { useFigure } from './use-figure.ts';
import { useSummary } from './use-summary.ts';

const BINS = 40;
/** Draws that the mean is taken over at most. */
const MOST_DRAWS = 1000;

/** The step, what stands in for its derivative, and where the membranes at the probe lie. */
export function SurrogatePanel() {
  const { lane } = usePlayground();
  const canvas = useRef<HTMLCanvasElement>(null);
  const most = useRef<number>(undefined);
  const gradient = useLane((state) => state.config.gradient);
  const used = useLane(({ config }) => usedByMethod('surrogate', config));
  const without = useLane(({ config }) => wordsOf(config).withoutSurrogate);
  const surrogate = useLane(({ config }) => ({
    kind: config.surrogate,
    sigma: config.sigma,
    samples: config.samples,
  }));
  const [counter, setCounter] = useState({ draws: 1, key: '' });
  const key = `${surrogate.sigma} ${surrogate.samples}`;
  const draws = counter.key === key ? counter.draws : 1;
  const { sigma } = surrogate;

  /** Membranes of all hidden layers at the probe and the words on how many of them pass gradient. */
  function membranes() {
    const { config, probe } = lane.getState();
    const { threshold } = networkOf(config).network;
    const values = probe?.membranes.flat() ?? [];
    const share = Math.round(100 * shareWithin(values, threshold, 2 * sigma));
    const caption = used && probe ? `${share} % of the membranes within 2σ` : 'membranes at the probe';
    return { threshold, values, caption };
  }

  function picture(): SurrogatePicture {
    const { threshold, values, caption } = membranes();
    const half = halfWidth(sigma, threshold);
    const bins = values.length > 0 ? histogram(values, threshold, -half, half, BINS) : undefined;
    if (bins) most.current = stableBound(most.current, Math.max(...bins.shares, 0.02));
    return {
      surrogate: used ? surrogate : undefined,
      deltas: surrogate.kind === 'WSG' ? drawnDeltas(draws - 1, surrogate.samples, sigma) : [],
      draws,
      histogram: bins,
      most: most.current ?? 0.1,
      half,
      caption,
    };
  }
  useFigure(canvas, [lane], (frame) => drawSurrogate(frame, picture()));
  useSummary(canvas, [lane], () => {
    const { caption } = membranes();
    const curve = used
      ? `the ${surrogate.kind} surrogate of width σ = ${sigma} over U − ϑ`
      : `no surrogate is used by ${gradient}`;
    return `The spike’s step and ${curve}; ${caption}`;
  });

  const draw = (count: number) => setCounter({ key, draws: Math.min(MOST_DRAWS, draws + count) });
  const buttons = (
    <span className={css.buttons}>
      <button type="button" className={figure.button} onClick={() => draw(1)} data-testid="draw-delta">
        draw δ again
      </button>
      <button
        type="button"
        className={figure.button}
        onClick={() => draw(100)}
        aria-label="draw δ a hundred times"
      >
        ×100
      </button>
      <span>the mean tends to SG</span>
    </span>
  );
  const footer = !used ? (
    <span className={figure.note}>{without}: no surrogate</span>
  ) : surrogate.kind === 'WSG' ? (
    buttons
  ) : undefined;
  return (
    <Panel
      title={
        <>
          Where <Term id="surrogate">gradient</Term> can pass
        </>
      }
      actions={
        <ExportMenu
          name="surrogate and membranes"
          table={async () => (await figureTables()).surrogateTable(picture())}
          also={() => [
            {
              name: 'histogram of the membranes',
              table: async () => (await figureTables()).histogramTable(picture()),
            },
          ]}
        />
      }
      footer={footer}
    >
      <div className={`${figure.figure} ${css.surrogate}`} translate="no">
        <canvas ref={canvas} role="img" aria-label="Surrogate and membranes" data-testid="surrogate" />
        <div className={figure.overlay}>
          {used && (
            <TermSpot
              id="sigma"
              name="σ, surrogate width"
              place={{ left: 0, top: -4, width: '85%', height: 24 }}
            />
          )}
          {used && (
            <TermSpot
              id={surrogate.kind}
              name={surrogate.kind === 'SG' ? 'SG, surrogate gradient' : 'WSG, weak-form surrogate gradient'}
              place={{ left: 30, top: 20, width: '40%', height: surrogate.kind === 'SG' ? 24 : 40 }}
            />
          )}
          <TermSpot
            id="heaviside"
            name="H, Heaviside step"
            place={{ left: '60%', right: 36, top: 22, bottom: 48 }}
          />
          <TermSpot
            id="threshold"
            name="ϑ, threshold"
            place={{ left: '55%', right: 0, bottom: 0, height: 24 }}
          />
        </div>
      </div>
    </Panel>
  );
}
