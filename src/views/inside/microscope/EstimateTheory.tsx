import { Fragment } from 'react';
import type { Config } from '../../../training/config.ts';
import { onDemand } from '../../loading/OnDemand.tsx';
import { stepOf } from '../../methods/steps/all.ts';
import { useSpoken } from '../../methods/use-spoken.ts';
import shared from '../shared/inside.module.css';
import formula from '../step/Formula.module.css';
import common from './microscope.module.css';

const Formula = onDemand('The formula', () => import('../step/Formula.tsx'), {
  fallback: <div className={formula.formula} />,
});

/** What theory says of the estimates of a method, where they are no surrogate's gradient in the mean. */
export function EstimateTheory({ config }: { readonly config: Config }) {
  const say = useSpoken();
  const parts = stepOf(config).theory?.(config);
  if (!parts) return null;
  return (
    <section
      className={`${shared.section} ${common.theory}`}
      aria-label="What is estimated"
      data-testid="microscope-theory"
    >
      <h3>What is estimated</h3>
      {parts.map(({ text, tex }) => (
        <Fragment key={tex}>
          <p>{say(text)}</p>
          <Formula tex={tex} />
        </Fragment>
      ))}
    </section>
  );
}
