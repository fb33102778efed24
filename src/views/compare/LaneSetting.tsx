import { useId } from 'react';
import type { Field } from '../../settings/fields.ts';
import { laneConfig, MAIN } from '../../state/comparison.ts';
import {
  type Config,
  FIELDS,
  type FieldName,
  formatField,
  type Pinned,
  parseField,
} from '../../training/config.ts';
import { resolveConfig } from '../../training/presets.ts';
import controls from '../../ui/controls.module.css';
import { Segmented } from '../../ui/Segmented.tsx';
import { usePlayground } from '../context.ts';
import { useDraftFor } from '../settings/use-draft.ts';
import { FIELD_TERMS } from '../terms/field-terms.ts';
import { Term } from '../terms/Term.tsx';
import fields from './input.module.css';
import css from './LaneMenu.module.css';

interface LaneSettingProps {
  readonly field: FieldName;
  /** The lane. */
  readonly id: string;
  readonly config: Config;
  readonly set: (fields: Pinned) => void;
}

/** A setting of one lane: a toggle where there are choices, else a text that is taken on leaving it or Enter. */
export function LaneSetting(props: LaneSettingProps) {
  const { field, config, set } = props;
  const { choices } = FIELDS[field] as Field<unknown>;
  if (!choices) return <LaneInput {...props} />;
  return (
    <Segmented
      label={<Name field={field} />}
      value={formatField(field, config[field] as never)}
      options={choices.map((choice) => ({ value: String(choice), label: String(choice) }))}
      onChange={(value) => set(parseField(field, value))}
    />
  );
}

function Name({ field }: Pick<LaneSettingProps, 'field'>) {
  return (
    <Term id={FIELD_TERMS[field]} label>
      {FIELDS[field].label}
    </Term>
  );
}

function LaneInput({ field, id, config, set }: LaneSettingProps) {
  const { app } = usePlayground();
  const key = useId();
  const { fault, input } = useDraftFor(field, {
    value: formatField(field, config[field] as never),
    faultOf: (text) => {
      try {
        const { pinned, comparison } = app.getState();
        const own = comparison.lanes.find((lane) => lane.id === id)?.difference;
        const next = parseField(field, text.trim());
        if (id === MAIN) resolveConfig({ ...pinned, ...next });
        else laneConfig(pinned, { ...own, ...next });
        return undefined;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    take: (text) => set(parseField(field, text.trim())),
  });
  return (
    <div className={css.field}>
      <span className={controls.label}>
        <Name field={field} />
      </span>
      <input
        {...input}
        className={fields.input}
        aria-label={FIELDS[field].label}
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault && key}
        autoComplete="off"
        spellCheck={false}
        inputMode="decimal"
      />
      {fault && (
        <span id={key} role="alert" className={css.why}>
          {fault}
        </span>
      )}
    </div>
  );
}
