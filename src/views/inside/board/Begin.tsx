import { useId, useState } from 'react';
import { EXPERIMENTS } from '../../../experiments/table.ts';
import { MOST_SEEDS, sharedPins } from '../../../state/board/plan.ts';
import { Button } from '../../../ui/Button.tsx';
import { useApp, usePlayground } from '../../context.ts';
import { WORDS } from '../../experiments/all.ts';
import { NOT_IN_PAPER } from '../../run-words.ts';
import { NumberInput } from '../../settings/NumberInput.tsx';
import shared from '../shared/inside.module.css';
import css from './Begin.module.css';
import { describePins } from './caption.ts';
import { theBoard } from './the-board.ts';

/** What is to be trained; `free`: the board is this tab's. */
export function Begin({ free }: { readonly free: boolean }) {
  const { actions } = usePlayground();
  const { pinned, config } = useApp((app) => ({ pinned: app.pinned, config: app.config }));
  const [seeds, setSeeds] = useState(3);
  const [varyData, setVaryData] = useState(false);
  const [beyond, setBeyond] = useState(false);
  const [faulty, setFaulty] = useState(false);
  const id = useId();
  const own = sharedPins(pinned);
  const pins = describePins(own);
  const begin = () => {
    try {
      theBoard.actions.begin({ shared: own, seeds, varyData, beyond });
    } catch (error) {
      actions.notify('error', error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <div className={shared.section}>
      <p>
        <b>{WORDS[config.experiment].title}</b>, recipe “{config.recipe}”{pins && `, with ${pins}`}. Every
        method has its own rate and schedule; choose experiment and recipe on the page.
        {!EXPERIMENTS[config.experiment].paper && ` ${NOT_IN_PAPER}.`}
      </p>
      <div className={shared.row}>
        <label className={css.field} htmlFor={id}>
          Seeds{' '}
          <NumberInput
            id={id}
            label="Seeds"
            className={css.number}
            min={1}
            max={MOST_SEEDS}
            step={1}
            value={seeds}
            onValue={setSeeds}
            onFault={setFaulty}
          />
        </label>
        <label className={css.field}>
          <input type="checkbox" checked={varyData} onChange={(event) => setVaryData(event.target.checked)} />{' '}
          each with data of its own
        </label>
        <label className={css.field}>
          <input type="checkbox" checked={beyond} onChange={(event) => setBeyond(event.target.checked)} />{' '}
          weight perturbation too (beyond the paper)
        </label>
        <Button
          className={shared.primary}
          onClick={begin}
          why={faulty ? 'the number of seeds is not allowed' : free ? undefined : 'another tab has the board'}
        >
          Train them all
        </Button>
      </div>
    </div>
  );
}
