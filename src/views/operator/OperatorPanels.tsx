import { useState } from 'react';
import { EXPERIMENTS } from '../../experiments/table.ts';
import { useLane } from '../context.ts';
import { onDemand } from '../loading/OnDemand.tsx';
import { BasisPanel } from './BasisPanel.tsx';
import button from './button.module.css';
import { ErrorPanel, SolutionPanel } from './CurvePanels.tsx';
import { SpaceTimeMap, TimeSlicePanel } from './FieldPanels.tsx';
import { ForcingPanel } from './ForcingPanel.tsx';
import { FunctionStrip } from './FunctionStrip.tsx';
import css from './OperatorPanels.module.css';

const DataPanels = onDemand('Your data', () => import('../data/DataPanels.tsx'), { name: 'DataPanels' });

const ForecastPanels = onDemand('The forecast', () => import('../forecast/ForecastPanels.tsx'), {
  name: 'ForecastPanels',
});

/** The error of the answer, or the factors' functions in its place. */
function ErrorOrFactors() {
  const [factors, setFactors] = useState(false);
  const tabs = (
    <span>
      <button
        type="button"
        className={`${button.button} ${button.tab}`}
        aria-pressed={!factors}
        title="Network minus exact solution"
        onClick={() => setFactors(false)}
      >
        Error
      </button>
      <button
        type="button"
        className={`${button.button} ${button.tab}`}
        aria-pressed={factors}
        title="What branch and trunk contribute"
        onClick={() => setFactors(true)}
      >
        Factors
      </button>
    </span>
  );
  return factors ? <BasisPanel actions={tabs} /> : <ErrorPanel actions={tabs} />;
}

/** What an operator network is asked and what it answers: forcing, solution, error, factors, test functions. Or a table and its network. */
export default function OperatorPanels() {
  const { shape } = useLane((state) => EXPERIMENTS[state.config.experiment]);
  if (shape === 'surface') return null;
  if (shape === 'scatter') return <DataPanels />;
  if (shape === 'series') return <ForecastPanels />;
  return (
    <div className={`${css.operator} ${css[shape]}`} data-crowded={shape === 'field' || undefined}>
      <ForcingPanel />
      {shape === 'curve' ? (
        <>
          <SolutionPanel />
          <ErrorOrFactors />
        </>
      ) : (
        <>
          <SpaceTimeMap shown="exact" />
          <SpaceTimeMap shown="network" />
          <TimeSlicePanel />
          <SpaceTimeMap shown="error" />
          <BasisPanel />
        </>
      )}
      <FunctionStrip className={css.strip} />
    </div>
  );
}
