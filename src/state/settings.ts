import { type Config, methodName, type Pinned } from '../training/config.ts';
import { changeBetween, minimalPins, resolveConfig } from '../training/presets.ts';
import type { LaneId } from '../worker/protocol.ts';
import type { PlaygroundState } from './app-state.ts';
import { type LaneSpec, laneConfig, MAIN } from './comparison.ts';
import { type Connection, isGivenUp } from './connection.ts';
import { isDataMissing, isFormulaFault, withoutFormula } from './fallback.ts';
import { type LaneStore, opensUnder, withoutPictures } from './lane-store.ts';

/** Lanes that are not open after so many ms are opened under other settings once these are chosen. */
const OPENING_MS = 1000;

/** Configurations of the main lane and of those beside it. @throws ConfigError */
function configsFor(pinned: Pinned, lanes: readonly LaneSpec[]): ReadonlyMap<LaneId, Config> {
  const beside = lanes.map(({ id, difference }) => [id, laneConfig(pinned, difference)] as const);
  return new Map([[MAIN, resolveConfig(pinned)], ...beside]);
}

/** Changes of the settings in force: told to the worker, taken back where it cannot use them. */
export class Settings {
  /** Changes that the worker has not answered yet. */
  private changing = 0;
  /** What the worker trains under while changes of it are open. */
  private inForce: Pick<PlaygroundState, 'pinned' | 'config'> | undefined;

  constructor(private readonly connection: Connection) {}

  /** While `work` lasts, the controls do not follow the run. */
  async holding<T>(work: () => Promise<T>): Promise<T> {
    this.changing++;
    try {
      return await work();
    } finally {
      this.changing--;
    }
  }

  /** Takes the pinned fields of a link: a formula that cannot be used is left out and named, the rest is kept. */
  async takeLink(pinned: Pinned): Promise<void> {
    const fault = await this.take(pinned);
    if (!isFormulaFault(fault) || pinned.target !== 'formula') return;
    await this.take(withoutFormula(pinned));
    await this.connection.formulas.tellLeftOut(fault, pinned.formula);
  }

  /** Whether main lane and lanes beside it can be trained under other pinned fields. */
  areSound(pinned: Pinned): boolean {
    try {
      configsFor(pinned, this.connection.app.getState().comparison.lanes);
      return true;
    } catch {
      return false;
    }
  }

  /** Takes other pinned fields: tells the worker and says what became of the run. Returns what prevented it. */
  async take(pinned: Pinned): Promise<unknown> {
    const { connection } = this;
    const { app } = connection;
    const { config: before, pinned: kept, comparison } = app.getState();
    let configs: ReadonlyMap<LaneId, Config>;
    try {
      configs = configsFor(pinned, comparison.lanes);
    } catch (error) {
      connection.notices.failed(error);
      return error;
    }
    const next = configs.get(MAIN) as Config;
    const expected = changeBetween(before, next).kind;
    app.setState({ pinned, config: next });
    if (expected === 'none') return undefined;
    // What was said of the run that ends is not to stand beside the first steps of the next.
    if (expected === 'reset') connection.notices.clear();
    this.inForce ??= { pinned: kept, config: before };
    try {
      await connection.changing(() => this.holding(() => this.tell(before, configs)));
    } catch (error) {
      // Other settings were chosen before the worker had these: they are in force next.
      if (isGivenUp(error)) return undefined;
      // The worker could not use it and still trains under the old configuration.
      app.setState({ ...this.inForce, progress: undefined });
      connection.notices.failed(error);
      return error;
    } finally {
      if (this.changing === 0) this.inForce = undefined;
    }
    return undefined;
  }

  private async tell(before: Config, configs: ReadonlyMap<LaneId, Config>): Promise<void> {
    const { connection } = this;
    const { app } = connection;
    // A table that is only named is asked for; a large network takes its time, another one need not wait for it.
    const missing = [...configs.values()].some(isDataMissing);
    if (missing || (await connection.opensFor(OPENING_MS)) || !(await connection.revive())) {
      this.startUnder(configs);
      return connection.start(false);
    }
    await connection.goLive();
    const { lanes } = connection;
    const [main] = lanes;
    const { step } = main.getState();
    const changes = lanes.flatMap((store) => {
      const { id } = store.getState();
      const config = configs.get(id);
      return config ? [{ lane: id, config, store }] : [];
    });
    for (const { store, config } of changes)
      if (config.experiment !== before.experiment) store.setState(withoutPictures());
    const answered = await connection.unlessStuck({
      kind: 'change',
      lanes: changes.map(({ lane, config }) => ({ lane, config })),
    });
    if (!answered) return this.openElsewhere(before, configs);
    const { answer } = answered;
    for (const [i, { kind }] of answer.entries())
      if (kind === 'reset') await this.renewView(changes[i].store);
    app.setState({ progress: undefined });
    const [{ kind }] = answer;
    // Play may have been pressed meanwhile.
    if (kind === 'reset' && app.getState().status !== 'playing') app.setState({ status: 'ready' });
    // Training may have gone on since: the log knows the step.
    const { log } = main.getState();
    const from = log[log.length - 1].step;
    if (kind === 'none' || (kind === 'keep' ? from : step) === 0) app.setState({ notice: undefined });
    else if (kind === 'keep')
      connection.notices.notify(
        'info',
        `${methodName(log[log.length - 1].config)} from step ${from} on: weights kept, optimiser moments reset`,
      );
    else
      connection.notices.notify(
        'info',
        'The run starts anew: this setting changes the network, its data or its random numbers',
      );
    await connection.tellOfLongSteps();
  }

  /** The worker takes nothing in hand: another one opens the lanes under the settings, with the states held last where they fit. */
  private async openElsewhere(before: Config, configs: ReadonlyMap<LaneId, Config>): Promise<void> {
    const resume = changeBetween(before, configs.get(MAIN) as Config).kind !== 'reset';
    if (!resume) this.startUnder(configs);
    await this.connection.startElsewhere(resume);
    if (resume) await this.tell(before, configs);
    await this.connection.trainOn();
  }

  /** The lanes stand at their start under other settings, under which they are to be opened. */
  private startUnder(configs: ReadonlyMap<LaneId, Config>): void {
    for (const lane of this.connection.lanes) {
      const config = configs.get(lane.getState().id);
      if (config) lane.setState(opensUnder(config, lane.getState()));
    }
    this.connection.notices.clear();
  }

  /** A run that starts anew has other neurons, and an experiment its own inputs: what is looked at follows. */
  private async renewView(lane: LaneStore): Promise<void> {
    const view = { ...lane.getState().view, silenced: [] };
    lane.setState({ view });
    await this.connection.send({ kind: 'view', lane: lane.getState().id, view });
  }

  /** Where the run stands under other settings (sought back across a change, a planned change), the controls show those. */
  follow(main: LaneStore, known: number): void {
    const { app } = this.connection;
    const { config, changes } = main.getState();
    if (this.changing > 0 || changeBetween(app.getState().config, config).kind === 'none') return;
    app.setState({ pinned: minimalPins(config), config });
    const last = changes[changes.length - 1];
    if (changes.length > known && app.getState().status === 'playing')
      this.connection.notices.notify('info', `${last.method} from step ${last.step} on, as the link says`);
  }
}
