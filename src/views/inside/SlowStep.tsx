import { useEffect, useState } from 'react';
import { isTimeless } from '../../snn/network.ts';
import { type Config, methodName } from '../../training/config.ts';
import type { ExplainedStep } from '../../training/explain.ts';
import { Button } from '../../ui/Button.tsx';
import { useLane, usePlayground } from '../context.ts';
import { networkOf } from '../figures/network-of.ts';
import { formatCount } from '../format.ts';
import { onDemand } from '../loading/OnDemand.tsx';
import { stepOf } from '../methods/steps/all.ts';
import css from './SlowStep.module.css';
import shared from './shared/inside.module.css';
import formula from './step/Formula.module.css';
import { StageView } from './step/StageView.tsx';
import type { StageContext } from './step/stage.ts';
import { useExplained } from './step/use-explained.ts';
import { useStageEdges } from './step/use-stage-edges.ts';

const Formula = onDemand('The formula', () => import('./step/Formula.tsx'), {
  fallback: <div className={formula.formula} />,
});
const STAGE_MS = 4500;

/** One training step in five stages, from the very numbers that the next step will use. */
export function SlowStep() {
  const { actions } = usePlayground();
  const { explained, config, playing, fault } = useExplained();
  const recorded = useLane((state) => state.recording !== undefined);
  const [at, setAt] = useState(0);
  const [auto, setAuto] = useState(false);
  const context = explained && contextOf(config, explained);
  const step = stepOf(config);
  const stages = context && step.stages ? step.stages(context) : [];
  useStageEdges(playing || recorded ? undefined : stages[at]?.figure, context);

  useEffect(() => {
    if (!auto) return;
    const timer = setTimeout(() => (at < 4 ? setAt(at + 1) : setAuto(false)), STAGE_MS);
    return () => clearTimeout(timer);
  }, [auto, at]);

  if (!step.stages) {
    return (
      <div className={shared.view} data-testid="slow-step">
        <p>{step.text}</p>
        <Formula tex={step.tex} />
        <p className={shared.dim}>{step.after}</p>
      </div>
    );
  }
  if (playing) {
    return (
      <Waiting
        why="Training is running; its next step can be taken apart when it rests."
        label="Pause and look"
        onClick={actions.pause}
      />
    );
  }
  if (recorded) {
    return (
      <Waiting
        why="The page shows a recorded run. Live training begins at its first step."
        label="Take the first step apart"
        onClick={actions.reset}
      />
    );
  }
  if (!context) {
    return (
      <div className={shared.view}>
        <p role="status" className={fault ? shared.fault : shared.dim}>
          {fault ?? 'Taking the next step apart…'}
        </p>
      </div>
    );
  }

  const stage = stages[at];
  const go = (to: number) => {
    setAuto(false);
    setAt(to);
  };
  const doStep = async () => {
    setAuto(false);
    await actions.step(1);
    setAt(0);
  };
  return (
    <div className={shared.view} data-testid="slow-step">
      <p className={shared.dim} data-introduces>
        Step {formatCount(context.explained.step + 1)} by {methodName(config)}, with the numbers it will
        really use.
      </p>
      <ol className={css.stages}>
        {stages.map(({ title }, i) => (
          <li key={i}>
            <button type="button" aria-current={i === at ? 'step' : undefined} onClick={() => go(i)}>
              <span>{i + 1}</span> {title}
            </button>
          </li>
        ))}
      </ol>
      <div className={shared.row}>
        <Button
          className={shared.quiet}
          why={at === 0 ? 'it is the first stage' : undefined}
          onClick={() => go(at - 1)}
        >
          Back
        </Button>
        <Button
          className={shared.quiet}
          why={at === 4 ? 'it is the last stage' : undefined}
          onClick={() => go(at + 1)}
        >
          Next
        </Button>
        <button
          type="button"
          className={shared.quiet}
          aria-pressed={auto}
          onClick={() => {
            if (!auto && at === 4) setAt(0);
            setAuto(!auto);
          }}
        >
          {auto ? 'Stop' : 'Play the stages'}
        </button>
        <button type="button" className={shared.primary} onClick={() => void doStep()}>
          Do this step
        </button>
      </div>
      <p aria-live="polite" className={css.text} data-testid="stage-text">
        {stage.text}
      </p>
      {stage.formulas.map((tex) => (
        <Formula key={tex} tex={tex} />
      ))}
      {!isTimeless(context.network) && (
        <p className={shared.dim}>
          Of the branch the formulas leave out time: a sample x[t] is read in place of S⁰, synapses change
          currents on their way to the membranes, and the read-out may weigh spikes by when they come.
        </p>
      )}
      <div className={css.figure}>
        <StageView stage={stage} layout={context.layout} context={context} />
      </div>
    </div>
  );
}

function contextOf(config: Config, explained: ExplainedStep): StageContext {
  const { network, layout } = networkOf(config);
  return { config, network, layout, explained, parameters: layout.size };
}

interface WaitingProps {
  readonly why: string;
  readonly label: string;
  readonly onClick: () => Promise<void>;
}

/** Why there is nothing to be taken apart yet, and the way there. */
function Waiting({ why, label, onClick }: WaitingProps) {
  return (
    <div className={shared.view}>
      <p>{why}</p>
      <div>
        <button type="button" className={shared.primary} onClick={() => void onClick()}>
          {label}
        </button>
      </div>
    </div>
  );
}

export default SlowStep;
