import { type Comparison, distinguishing } from '../../state/comparison.ts';
import type { LaneStore } from '../../state/lane-store.ts';
import { runLog } from '../../state/run-log.ts';
import { letterOf, seated } from '../../state/seats.ts';
import { type Config, FIELDS, type FieldName, formatField } from '../../training/config.ts';
import type { RunLog } from '../../training/paper.ts';
import { changeBetween } from '../../training/presets.ts';
import { runName } from '../run-words.ts';

/** A lane as it stands in the comparison. */
export interface ShownLane {
  readonly lane: LaneStore;
  readonly id: string;
  /** Its place, which decides its look. */
  readonly position: number;
  /** A, B, C … */
  readonly letter: string;
  /** Method, or methods since which step, and what else it was made to differ in; the letter alone while names are hidden. */
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
        name: comparison.blind ? letter : laneName(runOf(lane, configs[i]), fields),
        hidden: comparison.blind,
      };
    })
    .sort((a, b) => a.position - b.position);
}

/** What the network that a lane shows was trained under, its configuration in force last. */
export function runOf(lane: LaneStore, config: Config): RunLog {
  const state = lane.getState();
  return runLog(state, state.step, config);
}

/** “SG-RFG-L, K 8”, “SG-BP → SG-RFG-L since 5,000” … */
export function laneName(run: RunLog, fields: readonly FieldName[]): string {
  const { config } = run[run.length - 1];
  return [runName(run), ...fields.map((name) => said(name, config))].join(', ');
}

/** “K 8”, “T 16”: the field as short as it can be. */
function said(name: FieldName, config: Config): string {
  return `${name} ${formatField(name, config[name] as never)}`;
}

/** What a lane has in other ways than the first one, in words; its method aside. */
export function otherwise(first: Config, config: Config): string[] {
  return changeBetween(first, config)
    .fields.filter((name) => !NAMED.includes(name))
    .map((name) => `${FIELDS[name].label} ${formatField(name, config[name] as never)}`);
}
const NAMED: readonly FieldName[] = ['surrogate', 'gradient', 'scope', 'localLosses', 'flipout'];
