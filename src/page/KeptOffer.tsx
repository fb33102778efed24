import type { KeptOffer as Offer } from '../state/kept/kept.ts';
import controls from '../ui/controls.module.css';
import { WORDS } from '../views/experiments/all.ts';
import { formatCount } from '../views/format.ts';
import { agoOf } from './ago.ts';
import css from './KeptOffer.module.css';
import common from './notice.module.css';

/** A run of an earlier visit, and what can be done with it. */
export default function KeptOffer({ offer }: { readonly offer: Offer }) {
  const { experiment, method, lanes, step, steps, at } = offer;
  const what = [
    WORDS[experiment].title,
    ...(method ? [method] : []),
    ...(lanes > 1 ? [`${lanes} lanes`] : []),
  ];
  const where = `step ${formatCount(step)}`;
  return (
    <div className={`${common.notice} ${css.offer}`} data-kind="info" data-testid="kept-run">
      <span className={common.text}>
        Your run of {agoOf(Date.now() - at)} is kept: {what.join(', ')}
      </span>
      <span className={css.choices}>
        <button type="button" className={controls.button} onClick={() => void offer.goOn()}>
          {step < steps ? `Go on at ${where}` : `Open it at its end, ${where}`}
        </button>
        <button type="button" className={controls.button} onClick={offer.notNow}>
          Not now
        </button>
        <button type="button" className={controls.button} onClick={() => void offer.forget()}>
          Forget it
        </button>
      </span>
    </div>
  );
}
