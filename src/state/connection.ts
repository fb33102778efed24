import type { StoreApi } from 'zustand/vanilla';
import { type Screen, TrainerClient, type WorkerPort } from '../worker/client.ts';
import type { Command, LaneTelemetry, WorkerEvent } from '../worker/protocol.ts';
import type { Notice, PlaygroundState, Status } from './app-state.ts';
import { appWithoutFormula, isFormulaFault, laneWithoutFormula, leftOut } from './fallback.ts';
import { type LaneStore, resumption, withoutSeries, withTelemetry } from './lane-store.ts';
import { stopNotice } from './stop-notice.ts';

export interface ConnectionOptions {
  readonly app: StoreApi<PlaygroundState>;
  readonly spawn: () => WorkerPort;
  readonly screen?: Screen;
  /** A lane was told anew; `before` is how many changes its run had until then. */
  readonly onTelemetry: (lane: LaneStore, before: number) => void;
}

/** What an event of the worker says about whom it is. */
type Told = Pick<LaneTelemetry, 'lane' | 'opening'>;

/** Commands that mean nothing while no lane is open. */
const OF_LANES: readonly Command['kind'][] = ['play', 'step', 'reset', 'seek', 'view', 'hold'];

/** The training worker as the stores see it: what it says is taken over, and a worker that died is replaced. */
export class Connection {
  /** Resolves once the worker has the lanes: commands wait for it. */
  opened: Promise<void> = Promise.resolve();
  readonly app: StoreApi<PlaygroundState>;
  /** Whether the worker has all lanes; false once they could not be opened. */
  standing = false;
  private revival: Promise<void> | undefined;
  private readonly client: TrainerClient;
  /** Commands so far that change the status. */
  private turns = 0;
  /** Resolves once settings that are being changed are in force, or refused. */
  settled: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: ConnectionOptions) {
    this.app = options.app;
    this.client = new TrainerClient({
      spawn: options.spawn,
      screen: options.screen,
      onEvent: (event) => this.receive(event),
      onRestart: (reason) => this.restarted(reason),
    });
  }

  get lanes(): readonly LaneStore[] {
    return this.app.getState().lanes;
  }

  notify(kind: Notice['kind'], text: string): void {
    this.app.setState({ notice: { kind, text } });
  }

  /** One more warning, below those that stand. */
  warn(text: string): void {
    const { notice } = this.app.getState();
    this.notify('warning', notice?.kind === 'warning' ? `${notice.text}\n${text}` : text);
  }

  failed(error: unknown): void {
    this.notify('error', error instanceof Error ? error.message : String(error));
  }

  /** Sends a command at once. @throws Error with the worker's message */
  send<C extends Command>(command: C) {
    return this.client.send(command);
  }

  /** Sends a question once the worker has the lanes. @throws Error with the worker's message */
  async ask<C extends Command>(command: C) {
    await this.opened;
    return this.client.send(command);
  }

  /**
   * Sends a command; `status` holds afterwards, unless play, pause and the like have been pressed again meanwhile. False, with
   * the reason told, when it could not be carried out.
   */
  async run(command: Command, status?: Status): Promise<boolean> {
    const turn = status || command.kind === 'play' ? ++this.turns : this.turns;
    try {
      await this.opened;
      // Settings chosen before are in force first.
      if (command.kind === 'play' || command.kind === 'step') await this.settled;
      if (OF_LANES.includes(command.kind) && !this.standing && !(await this.revive())) return false;
      if (command.kind === 'play' || command.kind === 'step') await this.goLive();
      await this.client.send(command);
      if (status && turn === this.turns) this.app.setState({ status });
      return true;
    } catch (error) {
      this.failed(error);
      return false;
    }
  }

  /** Opens lanes that could not be opened before once more; whether they are open now. What prevents it is told. */
  async revive(): Promise<boolean> {
    await this.opened;
    if (this.standing) return true;
    this.revival ??= this.start(true);
    await this.revival;
    this.revival = undefined;
    return this.standing;
  }

  /** Starts the engine and opens the lanes. */
  start(resume: boolean): Promise<void> {
    this.opened = this.startEngine(resume);
    return this.opened;
  }

  /** Opens all lanes as they stand in their stores, in place of those that are `gone`. */
  open(resume: boolean, gone: readonly LaneStore[] = []): Promise<void> {
    const close = async () => {
      for (const lane of gone) await this.client.send({ kind: 'close', lane: lane.getState().id });
    };
    // What is asked meanwhile is asked of the new lanes.
    this.opened = close().then(
      () => this.openLanes(resume),
      (error) => this.failed(error),
    );
    return this.opened;
  }

  /** Live training takes over from a recorded run, at its start. */
  async goLive(): Promise<void> {
    const recorded = this.lanes.filter((lane) => lane.getState().recording);
    if (recorded.length === 0) return;
    for (const lane of recorded) lane.setState(withoutSeries());
    await this.client.send({ kind: 'reset' });
  }

  dispose(): void {
    this.client.dispose();
  }

  private receive(event: WorkerEvent): void {
    const { app } = this;
    if (event.kind === 'telemetry') for (const telemetry of event.lanes) this.take(telemetry);
    else if (event.kind === 'engine') app.setState({ engine: event.report });
    else if (event.kind === 'progress') {
      const { done, total, samples, experiment } = event;
      app.setState({ progress: done < total ? { done, total } : undefined });
      const lane = this.laneOf(event);
      // Until its data are made, a lane stays at the experiment before.
      if (lane?.getState().config.experiment === experiment) lane.setState({ samples });
    } else if (event.kind === 'data') this.laneOf(event)?.setState({ data: event.opened });
    else app.setState({ status: event.reason, notice: stopNotice(event, app.getState()) });
  }

  /** The lane that something is told of, unless it has been opened anew since. */
  private laneOf({ lane, opening }: Told): LaneStore | undefined {
    return this.lanes.find((store) => store.getState().id === lane && store.getState().opening === opening);
  }

  private take(telemetry: LaneTelemetry): void {
    const lane = this.laneOf(telemetry);
    if (!lane) return;
    const before = lane.getState().changes.length;
    lane.setState(withTelemetry(lane.getState(), telemetry));
    this.options.onTelemetry(lane, before);
  }

  /** A worker died: a new one goes on from the last states that are known. */
  private restarted(reason: string): void {
    const { status, pace, lanes } = this.app.getState();
    this.notify('warning', `${reason}; training goes on from step ${lanes[0].getState().state?.step ?? 0}`);
    if (status !== 'playing') this.app.setState({ status: 'starting' });
    void this.start(true);
    if (status === 'playing') void this.run({ kind: 'play', pace });
  }

  private async startEngine(resume: boolean): Promise<void> {
    this.standing = false;
    try {
      await this.client.send({ kind: 'engine', choice: this.app.getState().engineChoice });
    } catch (error) {
      this.app.setState({ status: 'failed' });
      this.failed(error);
      return;
    }
    await this.openLanes(resume);
  }

  private async openLanes(resume: boolean): Promise<void> {
    this.standing = false;
    try {
      await this.client.send({ kind: 'lockstep', by: this.app.getState().comparison.lockstep });
      for (const lane of this.lanes) {
        await this.openLane(lane, resume);
        if (lane.getState().held)
          await this.client.send({ kind: 'hold', lane: lane.getState().id, held: true });
      }
      this.standing = true;
      // Play may have been pressed meanwhile.
      const { status } = this.app.getState();
      this.app.setState({ status: status === 'playing' ? status : 'ready', progress: undefined });
    } catch (error) {
      if (isFormulaFault(error) && this.withoutFormula(error)) return this.openLanes(resume);
      this.app.setState({ status: 'failed' });
      this.failed(error);
    }
  }

  /** All lanes take the default target in place of a formula that cannot be used; false when none has a formula. */
  private withoutFormula(fault: Error): boolean {
    const { app, lanes } = this;
    if (!lanes.some((lane) => lane.getState().config.target === 'formula')) return false;
    for (const lane of lanes) lane.setState(laneWithoutFormula(lane.getState()));
    app.setState(appWithoutFormula(app.getState()));
    this.warn(leftOut(fault));
    return true;
  }

  /** @throws Error with the worker's message */
  async openLane(lane: LaneStore, resume: boolean): Promise<void> {
    const { id, opening, view, recording } = lane.getState();
    const from = resumption(lane.getState(), resume || recording !== undefined);
    await this.client.send({ kind: 'open', lane: id, opening, view, ...from });
  }
}
