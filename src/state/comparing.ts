import type { Pinned } from '../training/config.ts';
import { resolveConfig } from '../training/presets.ts';
import type { LaneId } from '../worker/protocol.ts';
import { pinsOf } from './change-log.ts';
import {
  ALONE,
  type Comparison,
  freshId,
  type LaneSpec,
  laneChanges,
  laneConfig,
  lanesOf,
  MAIN,
  MOST_LANES,
  withoutComparison,
} from './comparison.ts';
import type { ComparisonPreset } from './comparison-presets.ts';
import type { Connection } from './connection.ts';
import { createLaneStore, type LaneStore, withoutSeries } from './lane-store.ts';
import { savedRun } from './saved-run.ts';
import type { Settings } from './settings.ts';
import { randomSlots, slotsOf } from './slots.ts';

/** The lane that a difference makes beside the main one: at its start, with the main lane's changes still to come. */
export function laneBeside(main: LaneStore, pinned: Pinned, { id, difference }: LaneSpec): LaneStore {
  const { log, planned, view } = main.getState();
  const changes = [...log.slice(1), ...planned];
  const start = changes.length > 0 ? log[0].config : resolveConfig(pinned);
  const config = laneConfig(changes.length > 0 ? pinsOf(start) : pinned, difference);
  const lane = createLaneStore(id, config, { ...view, silenced: [] });
  lane.setState({ planned: laneChanges(start, changes, difference, pinsOf) });
  return lane;
}

type Start = Pick<ComparisonPreset, 'main' | 'differences' | 'lockstep' | 'axis' | 'show' | 'truth'>;

/** What can be done with the lanes beside the main one. */
export function comparingActions(connection: Connection, settings: Settings) {
  const { app } = connection;
  const comparison = () => app.getState().comparison;

  /** The lanes become these; all of them start together. */
  async function become(lanes: readonly LaneSpec[], next: Partial<Comparison> = {}): Promise<void> {
    const { pinned, comparison: before, lanes: stores } = app.getState();
    const [main, ...gone] = stores;
    try {
      if (lanes.length >= MOST_LANES)
        throw new RangeError(`lanes: ${lanes.length + 1} are not allowed; allowed: up to ${MOST_LANES}`);
      for (const { difference } of lanes) laneConfig(pinned, difference);
    } catch (error) {
      connection.notices.failed(error);
      return;
    }
    const moved = main.getState().step > 0 && !main.getState().recording;
    const alter = async () => {
      try {
        for (const lane of gone) await connection.send({ kind: 'close', lane: lane.getState().id });
        app.setState({ lanes: [main], comparison: { ...before, ...next, lanes } });
        await connection.send({ kind: 'lockstep', by: comparison().lockstep });
        if (main.getState().held) await connection.send({ kind: 'hold', lane: MAIN, held: false });
        main.setState(withoutSeries());
        await connection.send({ kind: 'reset' });
        const newLanes = lanes.map((spec) => laneBeside(main, app.getState().pinned, spec));
        app.setState({ lanes: [main, ...newLanes] });
        for (const lane of newLanes) await connection.openLane(lane, false);
        if (app.getState().status === 'playing') await connection.send({ kind: 'reset' });
        else app.setState({ status: 'ready' });
        app.setState({ progress: undefined });
        if (moved && lanes.length > 0)
          connection.notices.notify('info', 'All lanes start together: the run begins again at step 0');
      } catch (error) {
        const open = app.getState().lanes.slice(1);
        for (const lane of open)
          await connection.send({ kind: 'close', lane: lane.getState().id }).catch(() => undefined);
        app.setState({ lanes: [main], comparison: { ...before, lanes: [] } });
        connection.notices.failed(error);
      }
    };
    await settings.holding(() => connection.altering(alter));
  }

  const ids = () => connection.lanes.map((lane) => lane.getState().id);
  const laneOf = (id: LaneId) => connection.lanes.find((lane) => lane.getState().id === id);

  return {
    /** Starts a comparison: settings of the main lane, and the lanes beside it. */
    async compare({ main, differences, lockstep = ALONE.lockstep, axis, show, truth }: Start) {
      const before = withoutComparison(app.getState().pinned, comparison());
      if (comparison().lanes.length > 0) await become([]);
      await settings.take({ ...before, ...main });
      const set = { pins: main, before };
      await become(lanesOf(differences), {
        blind: false,
        slots: undefined,
        microscopeLane: undefined,
        lockstep,
        ...(axis && { axis }),
        show,
        truth,
        set,
      });
    },
    /** One more lane; it and all others start together. */
    async addLane(difference: Pinned) {
      const { lanes } = comparison();
      await become([...lanes, { id: freshId(lanes), difference }]);
    },
    /** Another difference for a lane; all start together again. */
    async changeLane(id: LaneId, difference: Pinned) {
      await become(comparison().lanes.map((lane) => (lane.id === id ? { id, difference } : lane)));
    },
    /** The others go on as they are. */
    async removeLane(id: LaneId) {
      const { comparison: before, lanes } = app.getState();
      if (id === MAIN) return;
      const { [id]: _, ...slots } = slotsOf(ids(), before.slots);
      const microscopeLane = before.microscopeLane === id ? undefined : before.microscopeLane;
      app.setState({
        lanes: lanes.filter((lane) => lane.getState().id !== id),
        comparison: {
          ...before,
          lanes: before.lanes.filter((lane) => lane.id !== id),
          slots,
          microscopeLane,
        },
      });
      await connection.run({ kind: 'close', lane: id });
      const left = connection.lanes;
      if (left.every((lane) => lane.getState().held))
        await connection.run({ kind: 'hold', lane: MAIN, held: false });
    },
    /** A held lane rests while the others train; one of them always moves. */
    async holdLane(id: LaneId, held: boolean) {
      const others = connection.lanes.filter((lane) => lane.getState().id !== id);
      if (held && others.every((lane) => lane.getState().held))
        connection.notices.notify(
          'warning',
          'One lane has to move: let another one go on before this one is held',
        );
      else await connection.run({ kind: 'hold', lane: id, held });
    },
    setComparison: async (
      next: Partial<Pick<Comparison, 'axis' | 'lockstep' | 'blind' | 'show' | 'truth' | 'microscopeLane'>>,
    ) => {
      const before = comparison();
      // Every hiding draws anew, and what was drawn stays when the names are revealed.
      const slots = next.blind && !before.blind ? randomSlots(ids()) : before.slots;
      app.setState({ comparison: { ...before, ...next, slots } });
      if (next.lockstep && next.lockstep !== before.lockstep) {
        await connection.run({ kind: 'lockstep', by: next.lockstep });
        await become(before.lanes);
      }
    },
    /**
     * Back to one lane. Where none is chosen to be looked at alone (`load`), what the comparison pinned is as it was before; else the
     * lane's run stays as it is, or takes the main one's place.
     */
    async endComparison(
      id: LaneId = MAIN,
      load?: (run: NonNullable<ReturnType<typeof savedRun>>) => Promise<void>,
    ) {
      const chosen = laneOf(id);
      const run = id === MAIN ? undefined : chosen && savedRun(chosen.getState());
      const [main, ...others] = connection.lanes;
      const before = withoutComparison(app.getState().pinned, comparison());
      app.setState({ lanes: [main], comparison: ALONE });
      for (const lane of others) await connection.run({ kind: 'close', lane: lane.getState().id });
      if (main.getState().held) await connection.run({ kind: 'hold', lane: MAIN, held: false });
      if (run) await load?.(run);
      else if (!load) await settings.take(before);
    },
  };
}
