import { EXPERIMENTS } from '../experiments/table.ts';
import { type Config, FIELDS, type Pinned } from '../training/config.ts';
import type { PlaygroundState } from './app-state.ts';
import { type LaneState, opensUnder } from './lane-store.ts';

/** A formula is read by the worker, whose parser the page does not load: only there it shows that it cannot be used. */
export function isFormulaFault(error: unknown): error is Error {
  return error instanceof Error && error.name === 'FormulaError';
}

/** Whether a configuration needs a table or a series that is not there: nothing can be trained until its file is opened. */
export const isDataMissing = (config: Config): boolean =>
  EXPERIMENTS[config.experiment].isDataMissing?.(config) ?? false;

/** What is said of a formula that was left out. */
export function leftOut(fault: string): string {
  return `${fault}. target=${FIELDS.target.default} is used instead; all other settings are kept.`;
}

/** The pinned fields with the default target. The formula stays where it can be mended. */
export function withoutFormula(pinned: Pinned): Pinned {
  if (pinned.target !== 'formula') return pinned;
  const { target, ...rest } = pinned;
  return rest;
}

const withDefault = <C extends { readonly target: string }>(config: C) => ({
  ...config,
  target: FIELDS.target.default,
});

/** What the settings in force become; as they are when they ask for another target by now. */
export function appWithoutFormula({
  pinned,
  config,
}: PlaygroundState): Pick<PlaygroundState, 'pinned' | 'config'> {
  return config.target === 'formula'
    ? { pinned: withoutFormula(pinned), config: withDefault(config) }
    : { pinned, config };
}

/** The lane's run at its start under the default target, with all its changes still to come. */
export function laneWithoutFormula(lane: LaneState): Partial<LaneState> {
  const { config, log, planned } = lane;
  const [start, ...changes] = [...log, ...planned].map((change) => ({
    ...change,
    config: withDefault(change.config),
  }));
  const first = changes.length > 0 ? start.config : withDefault(config);
  return { ...opensUnder(first, lane), planned: changes };
}
