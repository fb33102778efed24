import type { ReactNode } from 'react';
import { EXPERIMENTS } from '../experiments/table.ts';
import css from './App.module.css';
import { useApp, useLane, usePlayground } from './context.ts';
import { CurvesPanel } from './curves/CurvesPanel.tsx';
import { PredictionPanels } from './figures/PredictionPanels.tsx';
import { Hideable } from './share/Hideable.tsx';
import { Boundary } from './shell/Boundary.tsx';
import { Header } from './shell/Header.tsx';
import { Lede } from './shell/Lede.tsx';
import { LiveStatus } from './shell/LiveStatus.tsx';
import { Messages } from './shell/Messages.tsx';
import { MethodBar } from './shell/MethodBar.tsx';
import { onDemand } from './shell/OnDemand.tsx';
import { OperatorPanels } from './shell/on-demand.tsx';
import { Panel } from './shell/Panel.tsx';
import { Readout } from './shell/Readout.tsx';
import { Scrubber } from './shell/Scrubber.tsx';
import { useShortcuts } from './shell/shortcuts.ts';
import { Transport } from './shell/Transport.tsx';
import { useNarrow } from './use-narrow.ts';

// What is looked at first comes with the page; the other figures arrive a moment later, each in its place.
const ComparePanels = onDemand('The comparison', () => import('./compare/ComparePanels.tsx'), {
  fallback: <Panel title="The comparison" />,
});
const NetworkPanel = onDemand('The network', () => import('./figures/NetworkPanel.tsx'), {
  name: 'NetworkPanel',
  fallback: <Panel title="The network" />,
});
const SpikesPanel = onDemand('The spikes', () => import('./figures/SpikesPanel.tsx'), {
  name: 'SpikesPanel',
  fallback: <Panel title="The spikes" />,
});
const SurrogatePanel = onDemand('The surrogate', () => import('./figures/SurrogatePanel.tsx'), {
  name: 'SurrogatePanel',
  fallback: <Panel title="The surrogate" />,
});

const FIGURES = {
  network: { part: 'The network', figure: <NetworkPanel /> },
  prediction: { part: 'The prediction', figure: <Prediction /> },
  curves: { part: 'The curves', figure: <CurvesPanel /> },
  spikes: { part: 'The spikes', figure: <SpikesPanel /> },
  surrogate: { part: 'The surrogate', figure: <SurrogatePanel /> },
} as const;

/** What is learned and how well: maps of a function on the square, or an operator's forcing and solution. */
function Prediction() {
  const operator = useLane((lane) => EXPERIMENTS[lane.config.experiment].operator);
  return operator ? <OperatorPanels /> : <PredictionPanels />;
}

type FigureName = keyof typeof FIGURES;

/** Order of the figures, for eyes and for the keyboard alike. */
const WIDE: readonly FigureName[] = ['network', 'prediction', 'curves', 'spikes', 'surrogate'];
const NARROW: readonly FigureName[] = ['curves', 'spikes', 'network', 'surrogate'];

/** The page. */
export function App() {
  useShortcuts(usePlayground());
  const narrow = useNarrow();
  const embedded = useApp((state) => state.presentation.view === 'embed');
  const comparing = useApp((state) => state.lanes.length > 1);
  return (
    <div className={css.page}>
      {embedded ? (
        <header className="hidden-visually">
          <h1>Spiking Playground</h1>
        </header>
      ) : (
        <Header />
      )}
      <section className={css.bar} aria-label="Run">
        <Transport />
        {!narrow && <MethodBar />}
        <Readout />
      </section>
      <main className={css.main} data-comparing={comparing || undefined}>
        <Lede />
        {narrow && (
          <>
            {comparing ? <Comparison /> : figure('prediction')}
            <section className={css.method} aria-label="Method">
              <MethodBar />
            </section>
          </>
        )}
        {narrow && !comparing && NARROW.map(figure)}
        {!narrow && (comparing ? <Comparison /> : WIDE.map(figure))}
        <Messages />
        <LiveStatus />
      </main>
      {!embedded && (
        <Hideable control="scrubber">
          <Scrubber />
        </Hideable>
      )}
    </div>
  );
}

function Comparison() {
  return (
    <div className={css.comparison}>
      <Boundary part="The comparison">
        <ComparePanels />
      </Boundary>
    </div>
  );
}

function figure(name: FigureName): ReactNode {
  return (
    <div key={name} id={`figure-${name}`} className={css[name]}>
      <Boundary part={FIGURES[name].part}>{FIGURES[name].figure}</Boundary>
    </div>
  );
}
