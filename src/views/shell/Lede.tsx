import { useMemo } from 'react';
import type { ExperimentName } from '../../training/config.ts';
import { comparedWords } from '../compare/lane-differences.ts';
import { useShownLanes } from '../compare/use-lanes.ts';
import { useApp, useLane } from '../context.ts';
import { Tip } from './floating/Tip.tsx';
import { useTip } from './floating/use-tip.ts';
import css from './Lede.module.css';

const SEEN: Record<ExperimentName, string> = {
  hat: 'A small spiking network learns a function of x and y. The maps show its target, its output and the error left.',
  poisson:
    'A spiking network learns to answer any forcing f with the solution u of Poisson’s equation. Draw a forcing and compare.',
  'reaction-diffusion':
    'A spiking network learns to answer any forcing f with the solution u(x, t) of a reaction–diffusion equation. Draw a forcing and compare.',
};

/** One sentence on what is seen, and what to do first. */
export function Lede() {
  const { experiment, recorded } = useLane((state) => ({
    experiment: state.config.experiment,
    recorded: state.recording !== undefined,
  }));
  const comparing = useApp((state) => state.lanes.length > 1);
  return (
    <p className={css.lede} data-testid="lede">
      {comparing ? <Compared /> : SEEN[experiment]}
      {recorded && !comparing && <strong> Press play to train it from nothing.</strong>}
    </p>
  );
}

/** What lanes share and in what they differ; the whole list on demand. */
function Compared() {
  const lanes = useShownLanes();
  const { state, handlers } = useTip({ delay: 0, touch: true });
  const { sentence, more, list } = useMemo(
    () =>
      comparedWords(
        lanes.map(({ lane, letter }) => ({ letter, config: lane.getState().config })),
        lanes.some(({ hidden }) => hidden),
      ),
    [lanes],
  );
  return (
    <>
      {sentence}
      {more > 0 && (
        <>
          {' '}
          <button
            type="button"
            className={css.more}
            aria-describedby={state.open ? state.id : undefined}
            data-testid="lede-more"
            {...handlers}
            onClick={state.enter}
          >
            {more} more
          </button>
          .
        </>
      )}
      {state.open && (
        <Tip state={state}>
          <span className={css.list}>
            {list.map((line) => (
              <span key={line}>{line}</span>
            ))}
          </span>
        </Tip>
      )}
    </>
  );
}
