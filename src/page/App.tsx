import type { ReactNode } from 'react';
import { EXPERIMENTS } from '../experiments/table.ts';
import { isLabAlone, type StageName, stageOf } from '../state/stage.ts';
import { Panel } from '../ui/Panel.tsx';
import { PanelMark } from '../ui/panel-mark.ts';
import { useNarrow } from '../ui/use-narrow.ts';
import { useApp, useLane, usePlayground } from '../views/context.ts';
import { CurvesPanel } from '../views/curves/CurvesPanel.tsx';
import { PredictionPanels } from '../views/figures/PredictionPanels.tsx';
import { Boundary } from '../views/loading/Boundary.tsx';
import { onDemand } from '../views/loading/OnDemand.tsx';
import { Hideable } from '../views/share/Hideable.tsx';
import css from './App.module.css';
import { Header } from './Header.tsx';
import { Intro } from './Intro.tsx';
import { LiveStatus } from './LiveStatus.tsx';
import { Messages } from './Messages.tsx';
import { MethodBar } from './MethodBar.tsx';
import { LessonMark, OperatorPanels, SceneColumn } from './on-demand.tsx';
import { Readout } from './Readout.tsx';
import { Scrubber } from './Scrubber.tsx';
import { useShellState } from './shell-state.ts';
import { useShortcuts } from './shortcuts.ts';
import { Transport } from './Transport.tsx';

// What is looked at first comes with the page; the other figures arrive a moment later, each in its place.
const ComparePanels = onDemand('The comparison', () => import('../views/compare/ComparePanels.tsx'), {
  fallback: <Panel title="The comparison" />,
});
const LabArea = onDemand('The lab', () => import('../views/labs/LabArea.tsx'), {
  fallback: <Panel title="The lab" />,
});
const NetworkPanel = onDemand('The network', () => import('../views/figures/NetworkPanel.tsx'), {
  name: 'NetworkPanel',
  fallback: <Panel title="The network" />,
});
const SpikesPanel = onDemand('The spikes', () => import('../views/figures/SpikesPanel.tsx'), {
  name: 'SpikesPanel',
  fallback: <Panel title="The spikes" />,
});
const SurrogatePanel = onDemand('The surrogate', () => import('../views/figures/SurrogatePanel.tsx'), {
  name: 'SurrogatePanel',
  fallback: <Panel title="The surrogate" />,
});
const InsidePanel = onDemand('The view', () => import('../views/inside/frame/InsidePanel.tsx'), {
  fallback: <Panel title="Look inside" />,
});

const FIGURES: Record<StageName, { part: string; figure: ReactNode }> = {
  network: { part: 'The network', figure: <NetworkPanel /> },
  prediction: { part: 'The prediction', figure: <Prediction /> },
  curves: { part: 'The curves', figure: <CurvesPanel /> },
  spikes: { part: 'The spikes', figure: <SpikesPanel /> },
  surrogate: { part: 'The surrogate', figure: <SurrogatePanel /> },
  comparison: { part: 'The comparison', figure: <ComparePanels /> },
  inside: { part: 'The view', figure: <InsidePanel /> },
  lab: { part: 'The lab', figure: <LabArea /> },
};

/** What is learned and how well: maps of a function on the square, a table, or an operator's forcing and solution. */
function Prediction() {
  const surface = useLane((lane) => EXPERIMENTS[lane.config.experiment].shape === 'surface');
  return surface ? <PredictionPanels /> : <OperatorPanels />;
}

/** Order of the figures, for eyes and for the keyboard alike. */
const WIDE: readonly StageName[] = ['network', 'prediction', 'curves', 'spikes', 'surrogate'];
const NARROW: readonly StageName[] = ['prediction', 'curves', 'spikes', 'network', 'surrogate'];
const COMPARED: readonly StageName[] = ['comparison'];

/** The page. */
export function App() {
  useShortcuts(usePlayground());
  const narrow = useNarrow();
  const embedded = useApp((state) => state.presentation.view === 'embed');
  const comparing = useApp((state) => state.lanes.length > 1);
  const inLesson = useApp((state) => state.presentation.lesson !== undefined);
  const stage = useApp(stageOf);
  const [first, ...others] = stage ?? (comparing ? COMPARED : narrow ? NARROW : WIDE);
  const labAlone = useApp(isLabAlone);
  const figures = (
    <>
      {figure(first)}
      {narrow && !labAlone && (
        <section className={css.method} aria-label="Method">
          <MethodBar />
        </section>
      )}
      {others.map(figure)}
    </>
  );
  return (
    <div className={css.page}>
      {embedded ? (
        <header className="hidden-visually">
          <h1>Spiking Playground</h1>
        </header>
      ) : (
        <Header />
      )}
      {inLesson && <SceneColumn />}
      {!labAlone && (
        <section className={css.bar} aria-label="Run">
          <Transport />
          {!narrow && <MethodBar />}
          <Readout />
        </section>
      )}
      <main
        className={css.main}
        data-comparing={comparing || undefined}
        data-staged={stage && true}
        data-in-lesson={inLesson || undefined}
      >
        {!inLesson && !labAlone && <Intro />}
        {stage ? (
          <div className={css.stage} data-testid="stage" data-places={stage.length}>
            {figures}
          </div>
        ) : (
          figures
        )}
        <Messages />
        <LiveStatus />
      </main>
      {!embedded && !labAlone && (
        <Hideable control="scrubber">
          <Scrubber />
        </Hideable>
      )}
    </div>
  );
}

/** Its panels' titles offer the lesson that explains it. */
function Marked({ name, children }: { readonly name: StageName; readonly children: ReactNode }) {
  const loaded = useShellState((state) => state.lessons);
  return <PanelMark value={loaded && <LessonMark name={name} />}>{children}</PanelMark>;
}

function figure(name: StageName): ReactNode {
  return (
    <div key={name} id={`figure-${name}`} className={`${css.cell} ${css[name] ?? ''}`}>
      <Marked name={name}>
        <Boundary part={FIGURES[name].part}>{FIGURES[name].figure}</Boundary>
      </Marked>
    </div>
  );
}
