import { FIELDS } from '../../training/config.ts';
import type { Option } from '../shell/Segmented.tsx';

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
  return (FIELDS[field].choices ?? []).map((value) => ({ value: String(value), label: String(value) }));
}
