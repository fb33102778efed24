import { useId } from 'react';
import type { Bounds, Field } from '../../settings/fields.ts';
import { type Config, FIELDS, type FieldName, refusedValues } from '../../training/config.ts';
import controls from '../../ui/controls.module.css';
import { useForLanes } from '../compare/ForLanes.tsx';
import { useApp, usePlayground } from '../context.ts';
import { keptFormula } from '../inside/target/read-formula.ts';
import { whyMeaningless } from '../shell/reasons.ts';
import { FIELD_TERMS } from '../terms/field-terms.ts';
import { Term } from '../terms/Term.tsx';
import css from './FieldRow.module.css';
import { useDraft } from './use-draft.ts';
import { useLongStep } from './use-long-step.ts';

/** Keys that a phone offers: those of a number have no “/” and no “-”, which lists and widths need. */
const keysFor = (field: FieldName, bounds?: Bounds) => {
  if (!bounds || Array.isArray(FIELDS[field].default) || bounds.min < 0) return undefined;
  return bounds.integer ? 'numeric' : 'decimal';
};

/** One setting, made from its entry in the table of fields: name, input, help, whether it is pinned, what is wrong. */
export function FieldRow({ field }: { readonly field: FieldName }) {
  const id = useId();
  const { actions } = usePlayground();
  const { label, help, allowed, bounds, choices } = FIELDS[field] as Field<unknown>;
  const { pinned, why } = useApp((state) => ({
    pinned: field in state.pinned,
    why: whyMeaningless(field, state.config as Config),
  }));
  const refused = refusedValues(
    field,
    useApp((state) => state.config as Config),
  );
  const { text, draft, fault, commit, input } = useDraft(
    field,
    field === 'formula' ? keptFormula : undefined,
  );
  const long = useLongStep(field, draft);
  const forLanes = useForLanes(field);
  const attributes = {
    id,
    'aria-label': forLanes ? `${label}, ${forLanes}` : label,
    'aria-describedby': `${id}-help`,
    'aria-invalid': fault ? true : undefined,
    'aria-disabled': why ? true : undefined,
  };
  return (
    <div className={css.row} data-pinned={pinned || undefined} data-disabled={why ? true : undefined}>
      <span className={css.label}>
        <Term id={FIELD_TERMS[field]} label>
          {label}
        </Term>
        {forLanes && `: ${forLanes}`}
      </span>
      {choices ? (
        <select
          {...attributes}
          translate="no"
          value={text}
          onChange={(event) => !why && commit(event.target.value)}
        >
          {choices.map((choice) => (
            <option key={String(choice)} value={String(choice)} disabled={refused.includes(choice)}>
              {typeof choice === 'boolean' ? (choice ? 'on' : 'off') : String(choice)}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...attributes}
          {...input}
          readOnly={why !== undefined}
          inputMode={keysFor(field, bounds)}
          autoComplete="off"
          spellCheck={false}
        />
      )}
      <div id={`${id}-help`} className={css.help}>
        {fault && <p className={css.fault}>{fault}</p>}
        {long && <p className={css.long}>{long}</p>}
        {why
          ? `${help}. Not now: ${why}.`
          : `${help}${choices ? '' : `; ${allowed}`}.${refused.length > 0 ? ` Not with this method or experiment: ${refused.join(', ')}.` : ''}`}
      </div>
      {pinned && (
        <button
          type="button"
          className={controls.link}
          aria-label={`${label}: follow the recipe again`}
          onClick={() => {
            // This button goes away; the keyboard stays with its field.
            document.getElementById(id)?.focus();
            void actions.set({ [field]: undefined });
          }}
        >
          pinned – follow the recipe again
        </button>
      )}
    </div>
  );
}
