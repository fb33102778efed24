import '../figures/figures.css';
import './operator.css';
import { useLane } from '../context.ts';
import { BasisPanel } from './BasisPanel.tsx';
import { ForcingPanel } from './ForcingPanel.tsx';
import { FunctionStrip } from './FunctionStrip.tsx';
import { ErrorPanel, SolutionPanel } from './PoissonPanels.tsx';
import { SpaceTimeMap, TimeSlicePanel } from './ReactionDiffusionPanels.tsx';

/** What an operator network is asked and what it answers: forcing, solution, error, factors, test functions. */
export default function OperatorPanels() {
  const experiment = useLane((state) => state.config.experiment);
  if (experiment === 'hat') return null;
  return (
    <div className={`operator operator-${experiment}`}>
      <ForcingPanel />
      {experiment === 'poisson' ? (
        <>
          <SolutionPanel />
          <ErrorPanel />
          <BasisPanel />
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
      <FunctionStrip />
    </div>
  );
}
