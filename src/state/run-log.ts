import type { Config } from '../training/config.ts';
import type { RunLog } from '../training/paper.ts';
import { changeBetween } from '../training/presets.ts';
import type { LaneState } from './lane-store.ts';

/**
 * Configurations that the run has had up to a step. `config` is what the page has in force: a change that the worker has not
 * answered yet counts from that step on.
 */
export function runLog({ log }: Pick<LaneState, 'log'>, step: number, config: Config): RunLog {
  const past = log.filter((change, i) => i === 0 || change.step <= step);
  const last = past[past.length - 1];
  if (last.config === config) return past;
  const { kind } = changeBetween(last.config, config);
  if (kind === 'none') return past;
  const earlier = past.filter((change) => change.step < step);
  return kind === 'keep' && earlier.length > 0 ? [...earlier, { step, config }] : [{ step: 0, config }];
}
