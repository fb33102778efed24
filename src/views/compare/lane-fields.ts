import { FIELDS } from '../../training/config.ts';
import type { Option } from '../../ui/Segmented.tsx';

/** Choices beyond the paper, marked with an asterisk. */
const BEYOND: readonly string[] = ['A', 'RF', 'ANN'];

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
    label: BEYOND.includes(String(value)) ? `${value}*` : String(value),
  }));
}
