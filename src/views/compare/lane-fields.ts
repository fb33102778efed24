import { FIELDS } from '../../training/config.ts';
import type { Option } from '../../ui/Segmented.tsx';
import { GRADIENT_OPTIONS } from '../methods/words/all.ts';

/** An asterisk marks what is beyond the paper. */
const SCOPE_LABELS: Readonly<Record<string, string>> = { A: 'A*' };

/** Toggles of a lane. */
export const FIELDS_OF_LANES = ['surrogate', 'gradient', 'scope', 'localLosses'] as const;
export type LaneField = (typeof FIELDS_OF_LANES)[number];

/** What a toggle offers: every choice that the field has. */
export function optionsOf(field: LaneField): Option<string>[] {
  if (field === 'localLosses')
    return [
      { value: 'false', label: 'off' },
      { value: 'true', label: 'LL' },
    ];
  return (FIELDS[field].choices ?? []).map((value) => ({
    value: String(value),
    label:
      GRADIENT_OPTIONS.find((option) => option.value === value)?.label ??
      SCOPE_LABELS[value] ??
      String(value),
  }));
}
