import type { StoreApi } from 'zustand/vanilla';
import { arriving } from '../problems/arriving.ts';
import { type Screen, TrainerClient, WorkerEnded, type WorkerPort } from '../worker/client.ts';
import type { Command, LaneTelemetry, WorkerEvent } from '../worker/protocol.ts';
import type { Notice, PlaygroundState, Status } from './app-state.ts';
import { appWithoutFormula, isFormulaFault, laneWithoutFormula, leftOut } from './fallback.ts';
import { type LaneStore, resumption, withoutSeries, withTelemetry } from './lane-store.ts';
import { stopNotice } from './stop-notice.ts';

interface ConnectionOptions {
  readonly app: StoreApi<PlaygroundState>;
  readonly spawn: () => WorkerPort;
  /** Why the worker's file cannot be run. */
  readonly diagnose?: () => Promise<string | undefined>;
  readonly screen?: Screen;
  /** A lane was told anew; `before` is how many changes its run had until then. */
  readonly onTelemetry: (lane: LaneStore, before: number) => void;
}

/** What an event of the worker says about whom it is. */
type Told = Pick<LaneTelemetry, 'lane' | 'opening'>;

/** After so many ms a pause is shown, whatever the worker is at. */
const PAUSE_SHOWN_MS = 800;
/** A worker that has taken no message in hand for so long, in ms, is replaced where something else is wanted. */
const STUCK_MS = 5000;
const LOOK_MS = 250;
/** Told of what was under way. */
const ENDED = 'What was being computed was ended for what was asked after it';
/** Workers that were lost at one and the same step before no more are started. */
const MOST_LOST = 3;
/** A step that is expected to take longer is told of before it is taken, and memory beyond this with it. */
const LONG_STEP = 'A step of this network';
const LONG_STEP_MS = 1000;
const MUCH_BYTES = 250e6;

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
  /** Grows whenever lanes begin to be opened: what became of an earlier time is of no interest then. */
  private openings = 0;
  /** Workers that were lost since the run last got further. */
  private lost = { step: -1, times: 0 };
  /** What was told of lanes that could not be opened. */
  private fault: string | undefined;
  /** Resolves once settings that are being changed are in force, or refused. */
  settled: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: ConnectionOptions) {
    this.app = options.app;
    this.client = new TrainerClient({
      spawn: options.spawn,
      screen: options.screen,
      onEvent: (event) => this.receive(event),
      onRestart: (reason) => this.restarted(reason),
      onGone: (reason) => this.gone(reason),
      diagnose: options.diagnose,
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
    this.notify('warning', notice?.kind === 'warning' && notice.text ? `${notice.text}\n${text}` : text);
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
    const watched = command.kind === 'pause' ? this.showPause(turn) : undefined;
    try {
      await this.opened;
      // Settings chosen before are in force first.
      if (command.kind === 'play' || command.kind === 'step') await this.settled;
      if (OF_LANES.includes(command.kind) && !this.standing && !(await this.revive())) return false;
      if (command.kind === 'play' || command.kind === 'step') await this.goLive();
      await this.unlessStuck(command);
      if (status && turn === this.turns) this.app.setState({ status });
      return true;
    } catch (error) {
      // Why a worker ended is told once, by what follows.
      if (!isGivenUp(error) && !(error instanceof WorkerEnded)) this.failed(error);
      return false;
    } finally {
      clearTimeout(watched);
    }
  }

  /** A pause is shown soon, also where the worker is in the middle of what it cannot leave. */
  private showPause(turn: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      if (turn !== this.turns || this.app.getState().status !== 'playing') return;
      this.app.setState({ status: 'paused' });
      this.notify('info', 'Training rests once what is being computed is done');
    }, PAUSE_SHOWN_MS);
  }

  /**
   * Sends a command. A worker that takes nothing in hand meanwhile is replaced by one that goes on from the states held last.
   * @throws Error with the worker's message
   */
  private async unlessStuck<C extends Command>(command: C) {
    const { answer, stuck } = this.watched(command);
    if (await Promise.race([answer.then(() => false), stuck])) {
      answer.catch(() => undefined);
      this.client.replace(ENDED);
      await this.start(true);
      if (command.kind === 'pause') return undefined;
      return this.client.send(command);
    }
    return answer;
  }

  /** A command's answer; `stuck` becomes true when the worker takes no message in hand for long. */
  watched<C extends Command>(command: C) {
    const answer = this.client.send(command);
    this.client.ping();
    const begun = Date.now();
    let timer: ReturnType<typeof setInterval> | undefined;
    const stuck = new Promise<boolean>((resolve) => {
      timer = setInterval(() => {
        if (Math.min(Date.now() - begun, this.client.unresponsive) > STUCK_MS) resolve(true);
      }, LOOK_MS);
    });
    const end = () => clearInterval(timer);
    answer.then(end, end);
    return { answer, stuck: stuck.finally(end) };
  }

  /** Ends the worker in the middle of what it does. Lanes are to be opened next. */
  replaceWorker(): void {
    this.standing = false;
    this.client.replace(ENDED);
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
    this.opened = this.startEngine(resume, ++this.openings);
    return this.opened;
  }

  /** Opens all lanes as they stand in their stores, in place of those that are `gone`. */
  open(resume: boolean, gone: readonly LaneStore[] = []): Promise<void> {
    const opening = ++this.openings;
    const close = async () => {
      for (const lane of gone) await this.client.send({ kind: 'close', lane: lane.getState().id });
    };
    // What is asked meanwhile is asked of the new lanes.
    this.opened = close().then(
      () => this.openLanes(resume, opening),
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

  /** Says what a step will need where that is much. */
  async tellOfLongSteps(): Promise<void> {
    const { engine, config } = this.app.getState();
    // Not there yet: it is asked for again with the next change.
    const estimates = await arriving(() => import('../training/estimate.ts')).catch(() => undefined);
    if (!estimates) return;
    const timed = engine?.tried.find(({ name }) => name === engine.engine)?.msPerStep;
    if (timed === undefined || this.app.getState().config !== config) return;
    const { ms } = estimates.estimateStep(config, timed);
    if (ms < LONG_STEP_MS) return;
    const { bytes = 0 } = this.lanes[0].getState().data ?? {};
    const memory = bytes > MUCH_BYTES ? `, and ${Math.ceil(bytes / 1e6)} MB of memory` : '';
    const { notice } = this.app.getState();
    // Only the latest is true.
    if (notice?.kind === 'warning')
      this.notify(
        'warning',
        notice.text
          .split('\n')
          .filter((line) => !line.startsWith(LONG_STEP))
          .join('\n'),
      );
    this.warn(
      `${LONG_STEP} takes about ${aboutSeconds(ms)} here${memory}. Narrower layers, a smaller batch or fewer time steps are faster.`,
    );
  }

  /** A worker died: a new one goes on from the last states that are known. */
  private restarted(reason: string): void {
    const { status, pace, lanes } = this.app.getState();
    // None could be started before: nothing goes on, and what was told goes once this one works.
    if (status === 'failed') {
      void this.start(true);
      return;
    }
    const step = lanes[0].getState().state?.step ?? 0;
    this.lost = { step, times: step === this.lost.step ? this.lost.times + 1 : 1 };
    if (this.lost.times > MOST_LOST) {
      this.gone(`${reason}, ${this.lost.times} times at step ${step}: it is not started again by itself`);
      return;
    }
    this.fault = `${reason}; training goes on from step ${step}`;
    this.notify('warning', this.fault);
    if (status !== 'playing') this.app.setState({ status: 'starting' });
    void this.start(true);
    if (status === 'playing') void this.run({ kind: 'play', pace });
  }

  /** No worker is there, and none is started by itself. */
  private gone(reason: string): void {
    this.openings++;
    this.standing = false;
    this.fault = reason;
    this.opened = Promise.resolve();
    this.app.setState({ status: 'failed', notice: { kind: 'error', text: reason } });
  }

  private async startEngine(resume: boolean, opening: number): Promise<void> {
    this.standing = false;
    try {
      const choice = this.app.getState().engineChoice;
      await this.client.send({ kind: 'engine', choice, anew: true });
    } catch (error) {
      this.notOpened(error, opening);
      return;
    }
    await this.openLanes(resume, opening);
  }

  private notOpened(error: unknown, opening: number): void {
    if (opening !== this.openings) return;
    this.app.setState({ status: 'failed' });
    this.failed(error);
    this.fault = this.app.getState().notice?.text;
  }

  private async openLanes(resume: boolean, opening: number): Promise<void> {
    if (opening !== this.openings) return;
    this.standing = false;
    try {
      const by = this.app.getState().comparison.lockstep;
      await this.client.send({ kind: 'lockstep', by, anew: true });
      for (const lane of this.lanes) {
        // What is told of a lane that was just opened has it moving.
        const { held } = lane.getState();
        await this.openLane(lane, resume);
        if (held) await this.client.send({ kind: 'hold', lane: lane.getState().id, held: true });
      }
      if (opening !== this.openings) return;
      this.standing = true;
      // Play may have been pressed meanwhile.
      const { status } = this.app.getState();
      this.app.setState({ status: status === 'playing' ? status : 'ready', progress: undefined });
      void this.tellOfLongSteps();
      // What prevented it is mended.
      const { notice } = this.app.getState();
      if (notice?.kind === 'error' && notice.text === this.fault) this.app.setState({ notice: undefined });
    } catch (error) {
      if (opening === this.openings && isFormulaFault(error) && this.withoutFormula(error))
        return this.openLanes(resume, opening);
      this.notOpened(error, opening);
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
    const msPerStep = resume ? lane.getState().msPerStep : undefined;
    await this.client.send({ kind: 'open', lane: id, opening, view, msPerStep, ...from });
  }
}

/** Whether work was given up for something that was asked for after it. */
export const isGivenUp = (error: unknown): boolean => error instanceof Error && error.name === 'Interrupted';

function aboutSeconds(ms: number): string {
  const seconds = ms / 1000;
  return seconds < 90 ? `${Number(seconds.toPrecision(1))} s` : `${Math.round(seconds / 60)} minutes`;
}
