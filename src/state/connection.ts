import type { StoreApi } from 'zustand/vanilla';
import type { EngineChoice } from '../kernels/choose.ts';
import { type Screen, TrainerClient, WorkerEnded, type WorkerPort } from '../worker/client.ts';
import type { Answer, Command } from '../worker/protocol.ts';
import type { FormulaWords, PlaygroundState, Status } from './app-state.ts';
import { ConnectionMachine } from './connection-machine.ts';
import { appWithoutFormula, isFormulaFault, laneWithoutFormula } from './fallback.ts';
import { FormulaNotices } from './formula-notices.ts';
import { type LaneStore, withoutSeries } from './lane-store.ts';
import { tellOfLongSteps } from './long-steps.ts';
import { Notices } from './notices.ts';
import { resumption } from './saved-run.ts';
import { takeEvent } from './worker-events.ts';

interface ConnectionOptions {
  readonly app: StoreApi<PlaygroundState>;
  readonly spawn: () => WorkerPort;
  /** Why the worker's file cannot be run. */
  readonly diagnose?: () => Promise<string | undefined>;
  readonly formulaWords?: (formula: string) => Promise<FormulaWords>;
  readonly screen?: Screen;
  /** A worker that takes no message in hand for so long, in ms, is replaced where something else is wanted. */
  readonly patience?: number;
  /** A lane was told anew; `before` is how many changes its run had until then. */
  readonly onTelemetry: (lane: LaneStore, before: number) => void;
}

/** After so many ms a pause is shown, whatever the worker is at. */
const PAUSE_SHOWN_MS = 800;
const PATIENCE_MS = 5000;
const LOOK_MS = 250;
/** Told of what was under way. */
const ENDED = 'What was being computed was ended for what was asked after it';
const CLOSED = 'the page was closed';
/** Workers that were lost at one and the same step before no more are started. */
const MOST_LOST = 3;

/** Commands that mean nothing while no lane is open. */
const OF_LANES: readonly Command['kind'][] = ['play', 'step', 'reset', 'seek', 'view', 'hold'];

/** The training worker as the stores see it: what it says is taken over, and a worker that died is replaced. */
export class Connection {
  readonly app: StoreApi<PlaygroundState>;
  readonly notices: Notices;
  readonly formulas: FormulaNotices;
  private readonly machine = new ConnectionMachine();
  private readonly client: TrainerClient;
  /** Commands so far that change the status. */
  private presses = 0;
  /** Workers that were lost since the run last got further. */
  private lost = { step: -1, times: 0 };

  private readonly patience: number;

  constructor(options: ConnectionOptions) {
    const { app, spawn, screen, diagnose, patience = PATIENCE_MS, formulaWords, onTelemetry } = options;
    this.patience = patience;
    this.app = app;
    this.notices = new Notices(app);
    this.formulas = new FormulaNotices(app, this.notices, formulaWords);
    this.client = new TrainerClient({
      spawn,
      screen,
      diagnose,
      onEvent: (event) => takeEvent(app, event, onTelemetry),
      onRestart: (reason) => this.restarted(reason),
      onGone: (reason) => this.gone(reason),
    });
  }

  get lanes(): readonly LaneStore[] {
    return this.app.getState().lanes;
  }

  /** Whether the worker has all lanes. */
  private get isOpen(): boolean {
    return this.machine.state.at === 'open';
  }

  /** Sends a command at once. @throws Error with the worker's message */
  send<C extends Command>(command: C) {
    return this.client.send(command);
  }

  /** Sends a question once the worker has the lanes. @throws Error with the worker's message */
  async ask<C extends Command>(command: C) {
    if (!(await this.machine.admitted(command.kind))) throw new WorkerEnded(CLOSED);
    return this.client.send(command);
  }

  /**
   * Sends a command once its turn has come; `status` holds afterwards, unless play, pause and the like have been pressed again
   * meanwhile. False, with the reason told, when it could not be carried out.
   */
  async run(command: Command, status?: Status): Promise<boolean> {
    const press = status || command.kind === 'play' ? ++this.presses : this.presses;
    const shown = command.kind === 'pause' ? this.showPause(press) : undefined;
    try {
      if (!(await this.machine.admitted(command.kind))) return false;
      if (OF_LANES.includes(command.kind) && !this.isOpen && !(await this.revive())) return false;
      if (command.kind === 'play' || command.kind === 'step') await this.goLive();
      const stuck = !(await this.unlessStuck(command));
      if (stuck) await this.startElsewhere(true);
      if (stuck && command.kind !== 'pause') await this.client.send(command);
      if (status && press === this.presses) this.app.setState({ status });
      if (stuck && command.kind !== 'play') await this.trainOn();
      return true;
    } catch (error) {
      // Why a worker ended is told once, by what follows.
      if (!isGivenUp(error) && !(error instanceof WorkerEnded)) this.notices.failed(error);
      return false;
    } finally {
      clearTimeout(shown);
    }
  }

  /** A pause is shown soon, also where the worker is in the middle of what it cannot leave. */
  private showPause(press: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      if (press !== this.presses || this.app.getState().status !== 'playing') return;
      this.app.setState({ status: 'paused' });
      this.notices.notify('info', 'Training rests once what is being computed is done');
    }, PAUSE_SHOWN_MS);
  }

  /**
   * Sends a command at once. Undefined when the worker takes no message in hand for long: it is to be replaced then.
   * @throws Error with the worker's message
   */
  async unlessStuck<C extends Command>(command: C): Promise<{ answer: Answer<C['kind']> } | undefined> {
    const answer = this.client.send(command);
    this.client.ping();
    let looked = 0;
    let timer: ReturnType<typeof setInterval> | undefined;
    const stuck = new Promise<undefined>((resolve) => {
      timer = setInterval(() => {
        // A page that was held up itself has one look for the time, and hears the worker before the next.
        looked += LOOK_MS;
        if (Math.min(looked, this.client.unresponsive) > this.patience) resolve(undefined);
      }, LOOK_MS);
    });
    try {
      return await Promise.race([answer.then((content) => ({ answer: content })), stuck]);
    } finally {
      clearInterval(timer);
    }
  }

  /** While `work` changes the settings in force, what begins under them waits. */
  changing<T>(work: () => Promise<T>): Promise<T> {
    return this.machine.changing(work);
  }

  /**
   * Alters which lanes are open, by commands that `work` sends; those that are given meanwhile wait. Nothing is done, and the reason
   * told, when no lanes can be opened.
   */
  async altering(work: () => Promise<void>): Promise<void> {
    let attempt = await this.machine.alter();
    if (attempt === undefined && (await this.revive())) attempt = await this.machine.alter();
    if (attempt === undefined) return;
    try {
      await work();
    } finally {
      this.machine.altered(attempt);
    }
  }

  /** Whether lanes are being opened, and still are after `ms`. */
  async opensFor(ms: number): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(true), ms);
    });
    const opens = await Promise.race([this.machine.rest().then(() => false), late]);
    clearTimeout(timer);
    return opens;
  }

  /** Opens lanes that are not open once more; whether they are open now. What prevents it is told. */
  async revive(): Promise<boolean> {
    await this.machine.rest();
    if (this.machine.state.at === 'opening') await this.machine.rest();
    else if (!this.isOpen) await this.start(true);
    return this.isOpen;
  }

  /** Takes another engine, or opens the lanes with it. */
  async switchEngine(choice: EngineChoice): Promise<void> {
    await this.machine.rest();
    if (this.isOpen) await this.run({ kind: 'engine', choice });
    else await this.start(true);
  }

  /** Starts the engine and opens the lanes. */
  async start(resume: boolean): Promise<void> {
    const attempt = this.machine.open();
    if (attempt === undefined) return;
    try {
      const choice = this.app.getState().engineChoice;
      await this.client.send({ kind: 'engine', choice, anew: true });
    } catch (error) {
      this.notOpened(error, attempt);
      return;
    }
    await this.openLanes(resume, attempt);
  }

  /** The same in another worker; what this one is in the middle of ends. It does not train yet: see `trainOn`. */
  startElsewhere(resume: boolean): Promise<void> {
    this.client.replace(ENDED);
    return this.start(resume);
  }

  /** A worker that took another's place trains, where that is shown. @throws Error with the worker's message */
  async trainOn(): Promise<void> {
    const { status, pace } = this.app.getState();
    if (this.isOpen && status === 'playing') await this.client.send({ kind: 'play', pace });
  }

  /** Opens all lanes as they stand in their stores, in place of those that are `gone`. */
  async open(resume: boolean, gone: readonly LaneStore[] = []): Promise<void> {
    const attempt = this.machine.open();
    if (attempt === undefined) return;
    try {
      for (const lane of gone) await this.client.send({ kind: 'close', lane: lane.getState().id });
    } catch (error) {
      this.notOpened(error, attempt);
      return;
    }
    await this.openLanes(resume, attempt);
  }

  /** Live training takes over from a recorded run, at its start. */
  async goLive(): Promise<void> {
    const recorded = this.lanes.filter((lane) => lane.getState().recording);
    if (recorded.length === 0) return;
    for (const lane of recorded) lane.setState(withoutSeries());
    await this.client.send({ kind: 'reset' });
  }

  tellOfLongSteps(): Promise<void> {
    return tellOfLongSteps(this.app, this.notices);
  }

  dispose(): void {
    this.machine.dispose();
    this.client.dispose();
  }

  /** A worker died: a new one goes on from the last states that are known. */
  private restarted(reason: string): void {
    const { status, pace, lanes } = this.app.getState();
    // None could be started before: nothing goes on, and what was told goes once this one works.
    if (this.machine.state.at === 'closed') {
      void this.start(true);
      return;
    }
    const step = lanes[0].getState().state?.step ?? 0;
    this.lost = { step, times: step === this.lost.step ? this.lost.times + 1 : 1 };
    if (this.lost.times > MOST_LOST) {
      this.gone(`${reason}, ${this.lost.times} times at step ${step}: it is not started again by itself`);
      return;
    }
    this.notices.notify('warning', `${reason}; training goes on from step ${step}`);
    if (status !== 'playing') this.app.setState({ status: 'starting' });
    void this.start(true);
    if (status === 'playing') void this.run({ kind: 'play', pace });
  }

  /** No worker is there, and none is started by itself. */
  private gone(reason: string): void {
    if (!this.machine.gone(reason)) return;
    this.app.setState({ status: 'failed' });
    this.notices.notify('error', reason);
  }

  private notOpened(error: unknown, attempt: number): void {
    if (!this.machine.failed(attempt, messageOf(error))) return;
    this.app.setState({ status: 'failed' });
    this.notices.failed(error);
  }

  private async openLanes(resume: boolean, attempt: number): Promise<void> {
    if (!this.machine.isCurrent(attempt)) return;
    try {
      const by = this.app.getState().comparison.lockstep;
      await this.client.send({ kind: 'lockstep', by, anew: true });
      for (const lane of this.lanes) {
        // What is told of a lane that was just opened has it moving.
        const { held } = lane.getState();
        await this.openLane(lane, resume);
        if (held) await this.client.send({ kind: 'hold', lane: lane.getState().id, held: true });
      }
    } catch (error) {
      if (this.machine.isCurrent(attempt) && isFormulaFault(error) && (await this.withoutFormula(error)))
        return this.openLanes(resume, attempt);
      this.notOpened(error, attempt);
      return;
    }
    const { state } = this.machine;
    const fault = state.at === 'opening' ? state.fault : undefined;
    if (!this.machine.opened(attempt)) return;
    // Play may have been pressed meanwhile.
    const { status, notice } = this.app.getState();
    this.app.setState({ status: status === 'playing' ? status : 'ready', progress: undefined });
    // What prevented it is mended.
    if (notice?.kind === 'error' && notice.text === fault) this.notices.clear();
    void this.tellOfLongSteps();
  }

  /** All lanes take the default target in place of a formula that cannot be used; false when none has a formula. */
  private async withoutFormula(fault: Error): Promise<boolean> {
    const { app, lanes } = this;
    const { formula } =
      lanes.map((lane) => lane.getState().config).find(({ target }) => target === 'formula') ?? {};
    if (formula === undefined) return false;
    for (const lane of lanes) lane.setState(laneWithoutFormula(lane.getState()));
    app.setState(appWithoutFormula(app.getState()));
    await this.formulas.tellLeftOut(fault, formula);
    return true;
  }

  /** @throws Error with the worker's message */
  async openLane(lane: LaneStore, resume: boolean): Promise<void> {
    const { id, opening, view, recording } = lane.getState();
    const recorded = recording !== undefined;
    const from = resumption(lane.getState(), resume || recorded);
    const msPerStep = resume ? lane.getState().msPerStep : undefined;
    await this.client.send({ kind: 'open', lane: id, opening, view, recorded, msPerStep, ...from });
  }
}

/** Whether work was given up for something that was asked for after it. */
export const isGivenUp = (error: unknown): boolean => error instanceof Error && error.name === 'Interrupted';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
