import { type Comparison, distinguishing } from '../../state/comparison.ts';
import type { LaneStore } from '../../state/lane-store.ts';
import { letterOf, seated } from '../../state/seats.ts';
import { type Config, type FieldName, formatField, methodName } from '../../training/config.ts';
import { differencesOf } from './lane-differences.ts';

/** A lane as it stands in the comparison. */
export interface ShownLane {
  readonly lane: LaneStore;
  readonly id: string;
  /** Its place, which decides its look. */
  readonly position: number;
  /** A, B, C … */
  readonly letter: string;
  /** Method and what else it was made to differ in; the letter alone while names are hidden. */
  readonly name: string;
  readonly hidden: boolean;
}

/** The lanes in the order of their letters. */
export function shownLanes(
  lanes: readonly LaneStore[],
  configs: readonly Config[],
  comparison: Pick<Comparison, 'lanes' | 'blind' | 'seats'>,
): ShownLane[] {
  const ids = lanes.map((lane) => lane.getState().id);
  const fields = distinguishing(comparison.lanes);
  const seats = seated(ids, comparison.seats);
  return lanes
    .map((lane, i): ShownLane => {
      const position = seats[ids[i]];
      const letter = letterOf(position);
      return {
        lane,
        id: ids[i],
        position,
        letter,
        name: comparison.blind ? letter : laneName(configs[i], fields),
        hidden: comparison.blind,
      };
    })
    .sort((a, b) => a.position - b.position);
}

/** SG-RFG-L, K 8 … */
export function laneName(config: Config, fields: readonly FieldName[]): string {
  return [methodName(config), ...fields.map((name) => said(name, config))].join(', ');
}

/** “K 8”, “T 16”: the field as short as it can be. */
function said(name: FieldName, config: Config): string {
  return `${name} ${formatField(name, config[name] as never)}`;
}

/** What a lane has in other ways than the first one, in words; its method aside. */
export function otherwise(first: Config, config: Config): string[] {
  return differencesOf([first, config])
    .filter(({ field, values }) => field !== undefined && values[1] !== '–')
    .map(({ label, values }) => `${label} ${values[1]}`);
}
