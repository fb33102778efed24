import { EXPERIMENTS } from '../../experiments/table.ts';
import { CHOICES, defaultsOf, statedOf } from '../../lessons/choices.ts';
import type { FieldName } from '../../training/config.ts';
import { useLane } from '../context.ts';
import { WORDS } from '../experiments/all.ts';
import { NOT_IN_PAPER } from '../run-words.ts';
import { BAR_FIELDS, fieldGroups } from '../settings/field-groups.ts';
import css from './Choices.module.css';
import shared from './shared/inside.module.css';

/** Where on the page a setting is. */
function placeOf(field: FieldName): string {
  if (BAR_FIELDS.includes(field)) return 'above the figures';
  const group = fieldGroups().find(({ fields }) => fields.includes(field));
  return `more…, ${group?.title}`;
}

/** What the paper states of the experiment, and everything that it leaves open, with what was chosen and where it is changed. */
export default function Choices() {
  const experiment = useLane((lane) => lane.config.experiment);
  return (
    <div className={shared.view} data-testid="choices">
      <p>
        The paper’s figure stands beside a run only where all holds that the paper states, where the rest is
        the default of the recipe, and where one method trained the whole run.
      </p>
      <p>
        {EXPERIMENTS[experiment].paper ? (
          <>
            <b>Stated, {WORDS[experiment].title}:</b> {statedOf(experiment)}.
          </>
        ) : (
          `${NOT_IN_PAPER}. What it leaves open of its own experiments:`
        )}
      </p>
      <dl className={css.list}>
        {CHOICES.map(({ topic, paper, open, ours, fields }) => (
          <div key={topic} className={css.choice}>
            <dt>{topic}</dt>
            <dd>
              <span className={css.head}>The paper</span> <span>{paper}</span>
            </dd>
            <dd>
              <span className={css.head}>Left open</span> <span>{open}</span>
            </dd>
            <dd>
              <span className={css.head}>Here</span> <span>{ours}</span>
            </dd>
            {fields.map(defaultsOf).map(({ field, label, text }) => (
              <dd key={field} className={shared.dim}>
                <span className={css.head}>Setting</span>{' '}
                <span>
                  <b>{label}</b> ({placeOf(field)}): {text}
                </span>
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </div>
  );
}
