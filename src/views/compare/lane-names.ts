import { type Comparison, distinguishing } from '../../state/comparison.ts';
import type { LaneStore } from '../../state/lane-store.ts';
import { runLog } from '../../state/run-log.ts';
import { letterOf, slotsOf } from '../../state/slots.ts';
import { type Config, FIELDS, type FieldName, formatField, methodName } from '../../training/config.ts';
import type { RunLog } from '../../training/paper.ts';
import { spokenMethod } from '../methods/spoken.ts';
import { methodPath, runName } from '../run-words.ts';
import { whyMeaningless } from '../shell/reasons.ts';
import { differencesOf, sentenceCase } from './lane-differences.ts';

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
  /** Its name with all methods that trained it, “SG-BP → SG-RFG-L”, and the same with the step: both the name where there was one. */
  readonly path: string;
  readonly run: string;
  /** The same as `path`, methods in words: for a hall. */
  readonly spoken: string;
  /** Settings that these names say with their values. */
  readonly named: readonly FieldName[];
  readonly hidden: boolean;
}

/** The lanes in the order of their letters. */
export function shownLanes(
  lanes: readonly LaneStore[],
  configs: readonly Config[],
  comparison: Pick<Comparison, 'lanes' | 'blind' | 'slots'>,
): ShownLane[] {
  const ids = lanes.map((lane) => lane.getState().id);
  const fields = distinguishing(comparison.lanes);
  const slots = slotsOf(ids, comparison.slots);
  return lanes
    .map((lane, i): ShownLane => {
      const position = slots[ids[i]];
      const letter = letterOf(position);
      return {
        lane,
        id: ids[i],
        position,
        letter,
        ...(comparison.blind ? hiddenName(letter) : laneNames(runOf(lane, configs[i]), fields)),
        named: comparison.blind ? [] : fields,
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

type Names = Pick<ShownLane, 'name' | 'path' | 'run' | 'spoken'>;
const hiddenName = (letter: string): Names => ({
  name: letter,
  path: letter,
  run: letter,
  spoken: letter,
});

/** “SG-RFG-L, directions K 8” …, with the methods before where there were others. */
function laneNames(log: RunLog, fields: readonly FieldName[]): Names {
  const { config } = log[log.length - 1];
  // BP has no K, whatever the others have.
  const others = fields
    .filter((name) => whyMeaningless(name, config) === undefined)
    .map((name) => valueText(name, config));
  const [name, ...longer] = [
    methodName(config),
    methodPath(log),
    runName(log),
    methodPath(log, spokenMethod),
  ].map((first) => [first, ...others].join(', '));
  return { name, path: longer[0], run: longer[1], spoken: longer[2] };
}

/** “directions K 8”, “time steps T 16”. */
function valueText(name: FieldName, config: Config): string {
  return `${sentenceCase(FIELDS[name].label)} ${formatField(name, config[name] as never)}`;
}

/** What a lane has in other ways than the first one, in words; its method aside. */
export function otherwise(first: Config, config: Config): string[] {
  return differencesOf([first, config])
    .filter(({ field, values }) => field !== undefined && values[1] !== '–')
    .map(({ label, values }) => `${label} ${values[1]}`);
}
