import { useMemo } from 'react';
import { Tip } from '../ui/floating/Tip.tsx';
import { useTip } from '../ui/floating/use-tip.ts';
import { comparedWords } from '../views/compare/lane-differences.ts';
import { useShownLanes } from '../views/compare/use-lanes.ts';
import { useApp, useLane, usePlayground } from '../views/context.ts';
import { WORDS } from '../views/experiments/all.ts';
import css from './Intro.module.css';

/** One sentence on what is seen, and what to do first. */
export function Intro() {
  const { experiment, target, boundary, recorded } = useLane((state) => ({
    experiment: state.config.experiment,
    target: state.config.target,
    boundary: state.config.boundary,
    recorded: state.recording !== undefined,
  }));
  const { actions } = usePlayground();
  const { comparing, some } = useApp(({ lanes, presentation: { panels, lesson } }) => ({
    comparing: lanes.length > 1,
    some: panels !== undefined && lesson === undefined,
  }));
  return (
    <p className={css.intro} data-testid="intro">
      {comparing ? <Compared /> : WORDS[experiment].sentence({ target, boundary })}
      {recorded && !comparing && (
        <span data-screen>
          <strong> Recorded: press play to train it from nothing.</strong> New to spikes?{' '}
          <a href="#lesson=1">Start with one neuron</a>.
        </span>
      )}
      {some && (
        <>
          {' '}
          <button type="button" className={css.all} onClick={() => actions.showPanels(undefined)}>
            Show all panels
          </button>
        </>
      )}
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
            data-testid="intro-more"
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
