import { type FieldName, methodName, type Pinned } from '../training/config.ts';
import { resolveConfig } from '../training/presets.ts';
import type { LaneId } from '../worker/protocol.ts';
import { type LaneSpec, MAIN, TUNED } from './comparison.ts';

/** Lanes that a change of a setting on the page changes: the main one, and those that do nothing of their own in it. */
export function lanesFollowing(name: FieldName, main: Pinned, lanes: readonly LaneSpec[]): LaneId[] {
  const config = resolveConfig(main);
  const follows = ({ difference }: LaneSpec) =>
    !(name in difference) &&
    (!TUNED.includes(name) || methodName(config) === methodName({ ...config, ...difference }));
  return [MAIN, ...lanes.filter(follows).map(({ id }) => id)];
}
