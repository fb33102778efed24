import { arriving } from '../problems/arriving.ts';
import type { DataProgress, DataSamples, ProblemData } from '../problems/problem.ts';
import type { Config } from '../training/config.ts';
import { DataStore } from '../training/data-store.ts';
import { type Engine, prepareInitialState, type RunState } from '../training/engine.ts';
import { specsOf } from '../training/specs.ts';
import { DataFiller } from './data-filler.ts';
import { type ChooseEngine, EngineKeeper } from './engine-keeper.ts';
import { hasDiverged, type Lane, laneOf, newLane, rewind } from './lane.ts';
import { LaneRun } from './lane-run.ts';
import { LaneLockstep } from './lockstep.ts';
import { stepsDue } from './pace.ts';
import type {
  Answer,
  Command,
  LaneChange,
  LaneChanged,
  LaneId,
  LaneTelemetry,
  Metric,
  Pace,
  ViewRequest,
} from './protocol.ts';
import { Questions } from './questions.ts';
import { Reporter, type ReporterHost } from './reporter.ts';
import { type Crew, SideBySide } from './side-by-side.ts';
import { BREATH_MS, type Phase, Turns } from './turns.ts';

/** Aimed length of a chunk of training; the first is one step, since nobody knows how long one takes. */
const CHUNK_MS = 40;
/** The same while something is dragged: the answer is to follow within a frame. */
const DRAGGED_CHUNK_MS = 8;
const DRAGGED_MS = 500;
const LARGEST_CHUNK = 2000;
const PROGRESS_MS = 60;
/** A replay tells how far it is after so many ms, and then as often as the making of data. */
const REPLAY_MS = 150;
/** A step that takes longer than this is told of before it is evaluated. */
const SLOW_STEP_MS = 100;

/** Problems whose data are kept. */
const KEPT_PROBLEMS = 4;

/** What a lane needs before its first step. */
interface Prepared {
  readonly data: ProblemData;
  readonly bytes: number | undefined;
}

export interface TrainerHost extends ReporterHost {
  /** Resolves once messages that wait have been handled. */
  breathe(ms: number): Promise<void>;
  readonly chooseEngine: ChooseEngine;
  /** Threads that train on WebAssembly, this one included; one where nothing is said. */
  readonly threads?: number;
  /** Pause and a single step are answered within so many ms, evaluated or not. */
  readonly answersWithin?: number;
  /** Whether training of so many lanes rests now, for the page to have the cores. */
  yields?(lanes: number): boolean;
  /** Threads that train lanes beside this one. */
  crew?(engine: Engine): Crew | undefined;
}

/** A lane, and the command that opened it. */
type Opening = Pick<LaneTelemetry, 'lane' | 'opening'>;

/** The training loop behind the worker's messages: lanes in lockstep, pace, live metrics, telemetry. */
export class Trainer {
  private lanes = new Map<LaneId, Lane>();
  private readonly engines: EngineKeeper;
  private readonly reporter: Reporter;
  private readonly data = new DataStore(KEPT_PROBLEMS);
  private readonly turns: Turns;
  private readonly questions: Questions;
  private readonly lockstep: LaneLockstep;
  private readonly filler: DataFiller;
  private filling = false;
  private playing: { pace: Pace; start: number; since: number } | undefined;
  private looping = false;
  /** What a step of all lanes takes; undefined before one was done. */
  private msPerStep: number | undefined;
  private lastProgress = 0;
  private lastView = Number.NEGATIVE_INFINITY;

  constructor(private readonly host: TrainerHost) {
    this.turns = new Turns(host);
    const { pulse } = this.turns;
    this.engines = new EngineKeeper(
      host.chooseEngine,
      (report, another) => {
        if (another) this.msPerStep = undefined;
        if (another) for (const { run } of this.lanes.values()) run.timeAnew();
        host.emit({ kind: 'engine', report });
      },
      pulse,
    );
    this.reporter = new Reporter(host, this.engines);
    this.lockstep = new LaneLockstep(
      new SideBySide(
        () => host.now(),
        (engine) => host.crew?.(engine),
        async () => {
          await host.breathe(BREATH_MS);
          this.turns.check();
        },
      ),
      pulse,
    );
    this.filler = new DataFiller(this.lanes, {
      now: () => host.now(),
      grown: (lane, progress, samples) => {
        const { run, opening } = laneOf(this.lanes, lane);
        this.report({ lane, opening, experiment: run.config.experiment }, progress, samples);
      },
      completed: (lane) => {
        const { run, opening } = laneOf(this.lanes, lane);
        host.emit({ kind: 'data', lane, opening, opened: run.opened });
      },
    });
    const { lanes, engines, filler, turns } = this;
    this.questions = new Questions({ lanes, engines, filler, turns, host });
  }

  /** Carries out a command; commands are done one after another, between chunks. */
  handle<K extends Command['kind']>(command: Command & { kind: K }): Promise<Answer<K>> {
    const result = this.begin(command);
    return result as Promise<Answer<K>>;
  }

  private begin(command: Command): Promise<unknown> {
    if (command.kind === 'ping') return Promise.resolve(undefined);
    if (command.kind === 'cost') return this.questions.cost(command.lane);
    if (command.kind === 'methods') return this.questions.costOfMethods(command.lane);
    if (command.kind === 'pause') this.playing = undefined;
    const result = this.turns.take(command, () => this.carryOut(command));
    if (command.kind === 'pause' || command.kind === 'step') return this.evaluateRest(result);
    // A run that is opened where it stood rests there; its opening has failed by its own answer.
    if (command.kind === 'open' && command.state?.step && !command.recorded)
      this.evaluateRest(result).catch(() => undefined);
    return result;
  }

  /** Evaluates where training rests, once it does; answers without it where that takes long. */
  private evaluateRest(resting: Promise<unknown>): Promise<unknown> {
    const restShown = this.turns.inTurn(async () => {
      await resting;
      if (!this.playing) await this.evaluating(() => this.showRest());
    });
    const { answersWithin } = this.host;
    if (answersWithin === undefined) return restShown;
    // What goes wrong after the answer is an event.
    let answered = false;
    const late = restShown.catch((error) => {
      if (!answered) throw error;
      this.failed(error);
    });
    const limit = new Promise((resolve) => setTimeout(resolve, answersWithin));
    return Promise.race([late, limit]).finally(() => {
      answered = true;
    });
  }

  /** Evaluation that may stay undone: what is asked for next is evaluated then. False when it was given up. */
  private evaluating(work: () => Promise<void>): Promise<boolean> {
    return this.turns.unlessGivenUp('evaluation', work);
  }

  private failed(error: unknown): void {
    this.playing = undefined;
    this.host.emit({ kind: 'stopped', reason: 'failed', message: messageOf(error) });
  }

  private async carryOut(command: Exclude<Command, { kind: 'cost' | 'methods' | 'ping' }>): Promise<unknown> {
    switch (command.kind) {
      case 'engine': {
        const report = await this.engines.switchTo(command.choice);
        await this.suit();
        return report;
      }
      case 'open': {
        await this.engines.need();
        await this.suit([command]);
        const first = command.past?.[0]?.config ?? command.config;
        const { data, bytes } = await this.prepared('opening', command, command.config, first);
        const run = new LaneRun(command.config, data, command.view, command);
        run.bytes = bytes;
        const lane = newLane(run, command.opening);
        this.lanes.set(command.lane, lane);
        this.msPerStep ??= command.msPerStep;
        await this.align();
        // And those whose evaluation was given up for this one.
        const due = new Map([...this.lanes].filter(([id, { moved }]) => id === command.lane || moved));
        await this.evaluating(() => this.reporter.show(due, this.playing !== undefined, 'coarse', true));
        void this.fill();
        return;
      }
      case 'change':
        return this.change(command.lanes);
      case 'close':
        this.lanes.delete(command.lane);
        this.questions.forget(command.lane);
        await this.suit();
        this.lockstep.restart(this.lanes);
        return this.repace();
      case 'hold':
        laneOf(this.lanes, command.lane).held = command.held;
        this.lockstep.restart(this.lanes);
        this.repace();
        return this.evaluating(() => this.show(undefined, false));
      case 'lockstep':
        this.lockstep.by = command.by;
        await this.align();
        return this.repace();
      case 'play':
        if (!this.playing) this.reporter.begin();
        this.playing = { pace: command.pace, start: this.step, since: this.host.now() };
        void this.loop();
        return;
      case 'pause':
        return this.restAll();
      case 'step':
        this.playing = undefined;
        // One step more does not give up the one before.
        await this.advance(command.count, 'stepping');
        return this.restAll();
      case 'reset':
        for (const lane of this.lanes.values()) {
          lane.run.reset();
          rewind(lane, 0);
        }
        this.lockstep.restart(this.lanes);
        this.repace();
        return this.evaluating(() => this.show('coarse', true));
      case 'seek':
        this.playing = undefined;
        for (const { run } of this.lanes.values()) run.rest();
        if (command.states) [...this.lanes.values()].at(0)?.run.addCheckpoints(command.states);
        await this.turns.during('seeking', () => this.seek(command.step));
        this.lockstep.restart(this.lanes);
        return this.evaluating(() => this.show('coarse', true));
      case 'view': {
        const { run } = laneOf(this.lanes, command.lane);
        const [before, { view }] = [run.view, command];
        run.view = view;
        this.lastView = this.host.now();
        for (const id of command.others ?? []) laneOf(this.lanes, id).run.view = { ...view, silenced: [] };
        // Only the probe moved: what is predicted stays, and is not computed again.
        if (sameNetwork(before, view)) return this.evaluating(() => this.show(undefined, false));
        return this.evaluating(() => this.show(this.playing ? 'coarse' : 'stated', true));
      }
      default:
        return this.questions.answer(command);
    }
  }

  /** All lanes go to where they were when the one that went furthest had done `step` steps, or none does. @throws Interrupted */
  private async seek(step: number): Promise<void> {
    let told = this.host.now() + REPLAY_MS;
    const tell = (at: number, to: number) => {
      if (this.host.now() < told) return;
      told = this.host.now() + PROGRESS_MS;
      this.host.emit({ kind: 'replay', step: at, to });
    };
    const reached: [Lane, RunState][] = [];
    for (const lane of this.lanes.values()) {
      const engine = await this.engines.need();
      const moment = this.lockstep.moment(step, lane, this.lanes);
      reached.push([lane, await lane.run.replay(engine, moment, this.turns.pulse, tell)]);
    }
    for (const [lane, state] of reached) {
      lane.moved = true;
      lane.run.standAt(state);
    }
  }

  /** Where the lane stands whose steps the pace counts. */
  private get step(): number {
    return this.lockstep.lead(this.lanes)?.run.state.step ?? Number.MAX_SAFE_INTEGER;
  }

  /** Lanes go on together from where they stand; what equal cost means is counted at each one's first step. */
  private async align(): Promise<void> {
    this.lockstep.restart(this.lanes);
    if (this.lockstep.by === 'steps') return;
    const { operationsOfStep } = await arriving(() => import('./lane-cost.ts'));
    const engine = await this.engines.need();
    for (const lane of this.lanes.values()) lane.cost = await operationsOfStep(engine, lane.run.firstRequest);
  }

  /** The pace goes on from where the lanes stand. */
  private repace(): void {
    if (this.playing) this.playing = { ...this.playing, start: this.step, since: this.host.now() };
  }

  /** The engine that suits the lanes as they are, or will be with these changes. */
  private suit(changes: readonly LaneChange[] = []): Promise<void> {
    const runs = () => {
      const configs = new Map([...this.lanes].map(([id, { run }]) => [id, run.config]));
      for (const { lane, config } of changes) configs.set(lane, config);
      return [...configs.values()].map(specsOf);
    };
    return this.engines.suit(runs, this.host.threads);
  }

  private async show(grid: Metric['grid'] | undefined, withState: boolean): Promise<void> {
    if (grid === 'stated') await this.filler.finish(this.turns.pulse);
    await this.reporter.show(this.lanes, this.playing !== undefined, grid, withState);
  }

  /**
   * Data of a lane, with the initial weights of a run that begins under `first` made and what training under `config` needs taken.
   * @throws Interrupted; Error naming what does not fit
   */
  private prepared(
    phase: 'opening' | 'changing',
    { lane, opening }: Opening,
    config: Config,
    first: Config,
  ): Promise<Prepared> {
    return this.turns.during(phase, async () => {
      const engine = await this.engines.need();
      const data = await this.data.dataOf(
        config,
        (progress, samples) =>
          this.report({ lane, opening, experiment: config.experiment }, progress, samples),
        this.turns.pulse,
      );
      const task = { specs: specsOf(config), data: data.train };
      const bytes = await engine.prepare?.(task);
      await prepareInitialState({ ...task, specs: specsOf(first) }, first.seed, this.turns.pulse);
      return { data, bytes };
    });
  }

  private report(
    of: Opening & Pick<Config, 'experiment'>,
    { done, total }: DataProgress,
    samples?: () => DataSamples,
  ): void {
    const now = this.host.now();
    if (now - this.lastProgress < PROGRESS_MS && done < total) return;
    this.lastProgress = now;
    this.host.emit({ kind: 'progress', ...of, done, total, samples: samples?.() });
  }

  /** Makes what lanes' data still miss, in slices between other work. */
  private async fill(): Promise<void> {
    if (this.filling) return;
    this.filling = true;
    try {
      for (let more = true; more; ) {
        more = await this.turns.inTurn(() => this.filler.slice());
        await this.host.breathe(1);
      }
    } catch (error) {
      this.failed(error);
    } finally {
      this.filling = false;
    }
  }

  private async change(changes: readonly LaneChange[]): Promise<LaneChanged[]> {
    await this.suit(changes);
    // What can fail comes first: all lanes change or none does.
    const preparations: (Prepared & { lane: Lane; config: Config })[] = [];
    for (const { lane: id, config } of changes) {
      const lane = laneOf(this.lanes, id);
      const preparation = await this.prepared(
        'changing',
        { lane: id, opening: lane.opening },
        config,
        config,
      );
      preparations.push({ lane, config, ...preparation });
    }
    const answers = preparations.map(({ lane, config, data, bytes }): LaneChanged => {
      const before = lane.run.opened;
      lane.run.bytes = bytes;
      const kind = lane.run.change(config, data);
      if (kind === 'none') return { kind };
      rewind(lane, lane.run.state.step);
      const { opened } = lane.run;
      if (opened.test !== before.test || opened.parameters !== before.parameters) lane.newData = true;
      return { kind };
    });
    if (answers.every(({ kind }) => kind === 'none')) return answers;
    this.msPerStep = undefined;
    await this.align();
    this.repace();
    await this.evaluating(() => this.show('coarse', true));
    void this.fill();
    return answers;
  }

  private async loop(): Promise<void> {
    if (this.looping) return;
    this.looping = true;
    try {
      while (this.playing) {
        const idle = await this.turns.inTurn(() => this.turn());
        await this.host.breathe(idle ? 8 : 0);
      }
    } catch (error) {
      this.failed(error);
      await this.turns.inTurn(() => this.evaluating(() => this.show('coarse', true)));
    } finally {
      this.looping = false;
    }
  }

  /** One chunk and what is due to be shown after it; true when there was nothing to do yet. */
  private async turn(): Promise<boolean> {
    if (!this.playing || this.lanes.size === 0 || this.host.yields?.(this.lanes.size)) return true;
    const { pace, start, since } = this.playing;
    const now = this.host.now();
    const due = stepsDue(pace, start, (now - since) / 1000) - this.step;
    const chunk = now - this.lastView < DRAGGED_MS ? DRAGGED_CHUNK_MS : CHUNK_MS;
    const affordable = Math.max(1, Math.min(LARGEST_CHUNK, Math.floor(chunk / (this.msPerStep ?? chunk))));
    const end = this.scheduleEnd();
    const count = Math.min(due, affordable, end - this.step);
    if (count > 0) {
      const goesOn = await this.advance(count);
      if (!goesOn) await this.rest();
      if (!this.playing) return true;
    } else if (count < -4 * affordable) this.playing = { pace, start: this.step, since: now };
    // A machine that cannot keep up with the pace goes on from where it is instead of racing to catch up.
    if (due > 4 * affordable && pace !== 'full')
      this.playing = this.playing && { pace, start: this.step, since: this.host.now() };
    if (this.playing && this.step >= end) {
      this.stopped('finished');
      await this.rest();
      return true;
    }
    // What the page said meanwhile counts.
    await this.host.breathe(0);
    if (this.playing) await this.evaluating(() => this.reporter.showWhenDue(this.lanes));
    return count <= 0;
  }

  /** Playing rests at the end of the schedule; started there again, it goes on at the last rate. */
  private scheduleEnd(): number {
    if (!this.playing) return this.step;
    const start = this.playing.start;
    const ends = [...this.lanes.values()]
      .map((lane) => lane.run.config.steps)
      .filter((steps) => steps > start);
    return ends.length > 0 ? Math.max(...ends) : Number.POSITIVE_INFINITY;
  }

  /**
   * Steps of the lead, and of the other lanes what goes with them; false when none is left that can go on: training rests
   * then. What is given up has not been done.
   */
  private async advance(steps: number, phase: Phase = 'training'): Promise<boolean> {
    const engine = await this.engines.need();
    const start = this.host.now();
    let goesOn = true;
    const done = await this.turns.unlessGivenUp(phase, async () => {
      goesOn = await this.lockstep.advance(engine, this.lanes, steps);
    });
    if (!done) return true;
    const ms = Math.max(0.01, this.host.now() - start) / steps;
    this.msPerStep = this.msPerStep === undefined ? ms : 0.7 * this.msPerStep + 0.3 * ms;
    if (goesOn) return true;
    this.playing = undefined;
    this.stopped('diverged');
    return false;
  }

  private stopped(reason: 'finished' | 'diverged'): void {
    const lanes = [...this.lanes].map(([id, lane]) => ({
      lane: id,
      step: lane.run.state.step,
      rest: hasDiverged(lane) ? ('diverged' as const) : lane.held ? ('held' as const) : undefined,
    }));
    this.host.emit({ kind: 'stopped', reason, lanes });
  }

  /** Training rests: the stated grid is evaluated and the state can be sought. */
  private async rest(): Promise<void> {
    this.restAll();
    await this.evaluating(() => this.showRest());
  }

  private restAll(): void {
    this.playing = undefined;
    for (const lane of this.lanes.values()) lane.run.rest();
    if ((this.msPerStep ?? 0) > SLOW_STEP_MS) this.reporter.showSteps(this.lanes, false);
  }

  private async showRest(): Promise<void> {
    await this.show('coarse', true);
    await this.show('stated', true);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether two views show the same network. */
function sameNetwork(a: ViewRequest, b: ViewRequest): boolean {
  return a.inferenceT === b.inferenceT && JSON.stringify(a.silenced) === JSON.stringify(b.silenced);
}
