import { createStore } from 'zustand/vanilla';
import type { EngineChoice, EngineReport } from '../kernels/choose.ts';
import type { NeuronId } from '../snn/silence.ts';
import { type Config, methodName, type Pinned } from '../training/config.ts';
import { changeBetween, minimalPins, resolveConfig } from '../training/presets.ts';
import { TrainerClient, type WorkerPort } from '../worker/client.ts';
import type { ChangeLog, Command, Metric, Pace, ViewRequest, WorkerEvent } from '../worker/protocol.ts';
import { firstRun } from './first-run.ts';
import { firstView } from './first-view.ts';
import { createLaneStore, type HeldRun, LossSeries, resumption, withTelemetry } from './lane-store.ts';
import { PLAIN, type Presentation } from './presentation.ts';
import type { ParsedHash } from './url.ts';

export type Status = 'starting' | 'ready' | 'playing' | 'paused' | 'finished' | 'diverged' | 'failed';

export interface Notice {
  readonly kind: 'info' | 'warning' | 'error';
  readonly text: string;
}

/** What all lanes share. */
export interface PlaygroundState {
  readonly status: Status;
  readonly pace: Pace;
  /** Fields that were set outright; the others follow experiment and method. */
  readonly pinned: Pinned;
  readonly config: Config;
  readonly engine?: EngineReport;
  readonly engineChoice: EngineChoice;
  /** Functions of the data made so far, while data are made. */
  readonly progress?: { readonly done: number; readonly total: number };
  readonly notice?: Notice;
  readonly presentation: Presentation;
}

export interface PlaygroundOptions {
  readonly spawn: () => WorkerPort;
  readonly pinned?: Pinned;
  readonly notice?: Notice;
  readonly engineChoice?: EngineChoice;
  readonly pace?: Pace;
  readonly presentation?: Presentation;
  /** Changes to be made in mid-run. */
  readonly planned?: ChangeLog;
}

const MAIN = 'main';

/** Nothing to show yet of another experiment. */
function blankFor({ experiment }: Config) {
  return { view: firstView(experiment), prediction: undefined, probe: undefined };
}

/** The page's state and everything that can be done to it; knows neither React nor the DOM. */
export function createPlayground(options: PlaygroundOptions) {
  const config = resolveConfig(options.pinned ?? {});
  const app = createStore<PlaygroundState>(() => ({
    status: 'starting',
    pace: options.pace ?? 'log',
    pinned: options.pinned ?? {},
    config,
    engineChoice: options.engineChoice ?? 'auto',
    notice: options.notice,
    presentation: options.presentation ?? PLAIN,
  }));
  const lane = createLaneStore(MAIN, config, firstView(config.experiment));
  const planned = options.planned ?? [];
  lane.setState({ planned, ...(planned.length === 0 && firstRun(config)) });
  const client = new TrainerClient({ spawn: options.spawn, onEvent, onRestart });
  /** Resolves once the worker has the lane: commands wait for it. */
  let opened: Promise<void> = Promise.resolve();
  /** Changes of the configuration that the worker has not answered yet. */
  let changing = 0;
  /** Commands so far that change the status. */
  let turns = 0;

  function onEvent(event: WorkerEvent): void {
    if (event.kind === 'telemetry') {
      for (const telemetry of event.lanes)
        if (telemetry.lane === MAIN) {
          const { length } = lane.getState().changes;
          lane.setState(withTelemetry(lane.getState(), telemetry));
          follow(length);
        }
    } else if (event.kind === 'engine') app.setState({ engine: event.report });
    else if (event.kind === 'progress') app.setState({ progress: { done: event.done, total: event.total } });
    else {
      const kind = event.reason === 'finished' ? 'info' : 'error';
      app.setState({ status: event.reason, notice: { kind, text: event.message } });
    }
  }

  /** A worker died: a new one goes on from the last state that is known. */
  function onRestart(reason: string): void {
    const wasPlaying = app.getState().status === 'playing';
    notify('warning', `${reason}; training goes on from step ${lane.getState().state?.step ?? 0}`);
    if (!wasPlaying) app.setState({ status: 'starting' });
    opened = start(true);
    if (wasPlaying) void run({ kind: 'play', pace: app.getState().pace });
  }

  function notify(kind: Notice['kind'], text: string): void {
    app.setState({ notice: { kind, text } });
  }

  function failed(error: unknown): void {
    notify('error', error instanceof Error ? error.message : String(error));
  }

  async function start(resume: boolean): Promise<void> {
    try {
      await client.send({ kind: 'engine', choice: app.getState().engineChoice });
    } catch (error) {
      app.setState({ status: 'failed' });
      failed(error);
      return;
    }
    await openLane(resume);
  }

  async function openLane(resume: boolean): Promise<void> {
    try {
      const { view, recording } = lane.getState();
      const data = await client.send({
        kind: 'open',
        lane: MAIN,
        view,
        ...resumption(lane.getState(), resume || recording !== undefined),
      });
      lane.setState({ data });
      // Play may have been pressed meanwhile.
      const { status } = app.getState();
      app.setState({ status: status === 'playing' ? status : 'ready', progress: undefined });
    } catch (error) {
      app.setState({ status: 'failed' });
      failed(error);
    }
  }

  /** Takes other pinned fields: tells the worker and says what became of the run. */
  async function take(pinned: Pinned): Promise<void> {
    let next: Config;
    try {
      next = resolveConfig(pinned);
    } catch (error) {
      failed(error);
      return;
    }
    const { config: before, pinned: kept, status } = app.getState();
    const expected = changeBetween(before, next).kind;
    app.setState({ pinned, config: next });
    if (expected === 'none') return;
    changing++;
    try {
      await opened;
      await goLive();
      const { step } = lane.getState();
      if (next.experiment !== before.experiment) lane.setState(blankFor(next));
      const answer = await client.send({ kind: 'change', lane: MAIN, config: next });
      if (answer.opened) lane.setState({ data: answer.opened });
      if (answer.kind === 'reset') await renewView();
      app.setState({ progress: undefined });
      if (answer.kind === 'reset' && status !== 'playing') app.setState({ status: 'ready' });
      if (step === 0 || answer.kind === 'none') app.setState({ notice: undefined });
      else if (answer.kind === 'keep') {
        const from = lane.getState().step;
        notify('info', `${methodName(next)} from step ${from} on: weights kept, optimiser moments reset`);
      } else
        notify(
          'info',
          'The run starts anew: this setting changes the network, its data or its random numbers',
        );
    } catch (error) {
      // The worker could not use it and still trains under the old configuration.
      app.setState({ pinned: kept, config: before, progress: undefined });
      failed(error);
    } finally {
      changing--;
    }
  }

  /** A run that starts anew has other neurons, and an experiment its own inputs: what is looked at follows. */
  async function renewView(): Promise<void> {
    const view = { ...lane.getState().view, silenced: [] };
    lane.setState({ view });
    await client.send({ kind: 'view', lane: MAIN, view });
  }

  /** Where the run stands under other settings (sought back across a change, a planned change), the controls show those. */
  function follow(known: number): void {
    const { config, changes } = lane.getState();
    if (changing > 0 || changeBetween(app.getState().config, config).kind === 'none') return;
    app.setState({ pinned: minimalPins(config), config });
    const last = changes[changes.length - 1];
    if (changes.length > known && app.getState().status === 'playing')
      notify('info', `${last.method} from step ${last.step} on, as the link says`);
  }

  /** Live training takes over from the recorded run, at its start. */
  async function goLive(): Promise<void> {
    if (!lane.getState().recording) return;
    clearSeries();
    await client.send({ kind: 'reset' });
  }

  /** Opens the lane anew as it stands in the store. */
  async function reopen(config: Config, resume: boolean): Promise<void> {
    app.setState({ status: 'starting', pinned: minimalPins(config), config, notice: undefined });
    changing++;
    opened = openLane(resume).finally(() => changing--);
    await opened;
  }

  function clearSeries(): void {
    lane.setState({
      losses: new LossSeries(),
      lossVersion: 0,
      metrics: [],
      changes: [],
      step: 0,
      end: 0,
      recording: undefined,
    });
  }

  /** Sends a command; `status` holds afterwards, unless play, pause and the like have been pressed again meanwhile. */
  async function run(command: Command, status?: Status): Promise<void> {
    const turn = status || command.kind === 'play' ? ++turns : turns;
    try {
      await opened;
      if (command.kind === 'play' || command.kind === 'step') await goLive();
      await client.send(command);
      if (status && turn === turns) app.setState({ status });
    } catch (error) {
      failed(error);
    }
  }

  /** Sends a question once the worker has the lane. @throws Error with the worker's message */
  async function ask<C extends Command>(command: C) {
    await opened;
    return client.send(command);
  }

  const actions = {
    start: () => (opened = start(false)),
    async play() {
      app.setState({ status: 'playing', notice: undefined });
      await run({ kind: 'play', pace: app.getState().pace });
    },
    pause: () => run({ kind: 'pause' }, 'paused'),
    toggle: () => (app.getState().status === 'playing' ? actions.pause() : actions.play()),
    step: (count = 1) => run({ kind: 'step', count }, 'paused'),
    /** Back to the first state: same seed, same data, same losses; the changes of a link are made again. */
    async reset() {
      clearSeries();
      await run({ kind: 'reset' });
      if (app.getState().status !== 'playing') app.setState({ status: 'ready' });
    },
    newSeed: () => actions.set({ seed: (app.getState().config.seed + 1) >>> 0 }),
    async setPace(pace: Pace) {
      app.setState({ pace });
      if (app.getState().status === 'playing') await run({ kind: 'play', pace });
    },
    /** Pins fields; undefined unpins one, so that it follows experiment and method again. */
    set(fields: { [F in keyof Pinned]: Pinned[F] | undefined }) {
      const pinned = Object.fromEntries(
        Object.entries({ ...app.getState().pinned, ...fields }).filter(([, value]) => value !== undefined),
      );
      return take(pinned as Pinned);
    },
    /** Replaces all pinned fields. */
    replace: (pinned: Pinned) => take(pinned),
    /** Starts the run that a link describes: its settings, and its changes in mid-run when their steps are reached. */
    async open({ pinned, planned, presentation }: Pick<ParsedHash, 'pinned' | 'planned' | 'presentation'>) {
      app.setState({ presentation });
      if (planned.length === 0 && lane.getState().log.length === 1 && lane.getState().planned.length === 0)
        return take(pinned);
      const config = resolveConfig(pinned);
      await run({ kind: 'pause' });
      clearSeries();
      lane.setState({ config, planned, log: [{ step: 0, config }], state: undefined, ...blankFor(config) });
      await reopen(config, false);
    },
    /** Goes on with a run held from before: its changes, state and losses. */
    async load({ log, state, losses }: HeldRun) {
      const past = log.filter((change) => change.step <= state.step);
      const { config } = past[past.length - 1];
      await run({ kind: 'pause' });
      clearSeries();
      const series = new LossSeries();
      series.replace(0, losses);
      lane.setState({ ...blankFor(config), config, state, step: state.step, end: state.step });
      lane.setState({ log: past, planned: log.slice(past.length), losses: series, lossVersion: 1 });
      await reopen(config, true);
      notify('info', `The run goes on from step ${state.step}`);
    },
    async seek(step: number) {
      if (lane.getState().recording)
        notify('info', 'This run is a recording: press play to train it live and move through it');
      else await run({ kind: 'seek', step }, 'paused');
    },
    async setView(view: Partial<ViewRequest>) {
      lane.setState({ view: { ...lane.getState().view, ...view } });
      await run({ kind: 'view', lane: MAIN, view: lane.getState().view });
    },
    async toggleSilenced(neuron: NeuronId) {
      const { silenced } = lane.getState().view;
      const same = (n: NeuronId) =>
        n.factor === neuron.factor && n.depth === neuron.depth && n.neuron === neuron.neuron;
      await actions.setView({
        silenced: silenced.some(same) ? silenced.filter((n) => !same(n)) : [...silenced, neuron],
      });
    },
    staircase: (times: readonly number[], grid: Metric['grid']) =>
      ask({ kind: 'staircase', lane: MAIN, times, grid }),
    solve: (forcing: Float64Array) => ask({ kind: 'solve', lane: MAIN, forcing }),
    explain: () => ask({ kind: 'explain', lane: MAIN }),
    cost: () => ask({ kind: 'cost', lane: MAIN }),
    rates: (factor: number, depth: number) => ask({ kind: 'rates', lane: MAIN, factor, depth }),
    async setEngine(choice: EngineChoice) {
      app.setState({ engineChoice: choice });
      await run({ kind: 'engine', choice });
    },
    dismiss: () => app.setState({ notice: undefined }),
    notify,
    dispose: () => client.dispose(),
  };

  return { app, lane, actions };
}
export type Playground = ReturnType<typeof createPlayground>;
