import { createStore } from 'zustand/vanilla';
import type { EngineChoice } from '../kernels/choose.ts';
import { arriving } from '../problems/arriving.ts';
import type { NeuronId } from '../snn/silence.ts';
import type { Config, Pinned } from '../training/config.ts';
import { minimalPins, resolveConfig } from '../training/presets.ts';
import type { MicroscopeAnswers, MicroscopeRequest } from '../worker/lane-microscope.ts';
import type { BaselinesRequest, ChangeLog, LaneId, Metric, Pace, ViewRequest } from '../worker/protocol.ts';
import type { PlaygroundOptions, PlaygroundState } from './app-state.ts';
import { Baselines } from './baselines.ts';
import { comparingActions, laneBeside } from './comparing.ts';
import { ALONE, type Comparison, MAIN } from './comparison.ts';
import { Connection } from './connection.ts';
import type { EstimateChoice } from './estimates.ts';
import { firstRun } from './first-run.ts';
import { initialView } from './initial-view.ts';
import type { Beside, KeptLane } from './kept/kept.ts';
import { createLaneStore, opensUnder, withoutSeries } from './lane-store.ts';
import type { Notices } from './notices.ts';
import { type InsideName, type LabChoice, type PanelName, PLAIN } from './presentation.ts';
import { viewAt } from './probe.ts';
import { type SavedRun, standsAt } from './saved-run.ts';
import { Settings } from './settings.ts';
import type { ParsedHash } from './url.ts';

const statesOfRecording = async () => (await arriving(() => import('./recorded-states.ts'))).recordedStates();

/** The page's state and everything that can be done to it; knows neither React nor the DOM. */
export function createPlayground(options: PlaygroundOptions) {
  const pinnedFirst = options.pinned ?? {};
  const config = resolveConfig(pinnedFirst);
  const planned = options.planned ?? [];
  const comparison = options.comparison ?? ALONE;
  const recorded = planned.length === 0 && comparison.lanes.length === 0;
  const initial = { planned, ...(recorded && firstRun(config)) };
  const firstView = initialView(config.experiment);
  const view = { ...firstView, ...viewAt(options.presentation?.probe, config, firstView) };
  const lane = createLaneStore(MAIN, config, view, initial);
  const app = createStore<PlaygroundState>(() => ({
    status: 'starting',
    pace: options.pace ?? 'log',
    pinned: pinnedFirst,
    config,
    comparison,
    lanes: [lane, ...comparison.lanes.map((spec) => laneBeside(lane, pinnedFirst, spec))],
    engineChoice: options.engineChoice ?? 'auto',
    notice: options.notice,
    presentation: options.presentation ?? PLAIN,
  }));
  const connection = new Connection({
    app,
    spawn: options.spawn,
    diagnose: options.diagnose,
    formulaWords: options.formulaWords,
    screen: options.screen,
    patience: options.patience,
    onTelemetry: (changed, before) => changed === lane && settings.follow(lane, before),
  });
  const { notices } = connection;
  const settings = new Settings(connection);
  const baselines = new Baselines(connection, lane);

  /** Opens the lanes anew: the main one as it stands in its store, the others at the run held from before or at their start. */
  async function reopen(
    config: Config,
    comparison: Comparison,
    resume: boolean,
    runs: readonly KeptLane[] = [],
  ) {
    const pinned = minimalPins(config);
    const gone = connection.lanes.slice(1);
    const beside = comparison.lanes.map((spec, i) => {
      const other = laneBeside(lane, pinned, spec);
      const keptLane = runs.at(i);
      if (keptLane) other.setState({ ...standsAt(keptLane.run, other.getState()), held: keptLane.held });
      return other;
    });
    const lanes = [lane, ...beside];
    app.setState({ status: 'starting', pinned, config, comparison, lanes, notice: undefined });
    await settings.holding(() => connection.open(resume, gone));
  }

  let mayPlay = () => true;
  let seeks = 0;
  /** Whether a recorded run was shown as the lesson was opened: it comes back after it. */
  let stoodBeforeLesson = lane.getState().recording !== undefined;

  /** What is looked at follows the place that was chosen. */
  function showProbe() {
    const { config, view } = lane.getState();
    const { probe, probeScales } = view;
    const next = viewAt(app.getState().presentation.probe, config, view);
    if (JSON.stringify(next) !== JSON.stringify({ probe, probeScales })) probeShown = actions.setView(next);
  }
  let probeShown: Promise<void> | undefined;
  lane.subscribe(({ config }, before) => {
    if (config.experiment !== before.config.experiment || config.boundary !== before.config.boundary)
      showProbe();
  });
  app.subscribe(({ presentation }, before) => {
    if (presentation.probe !== before.presentation.probe) showProbe();
    if (presentation.lesson && !before.presentation.lesson)
      stoodBeforeLesson = lane.getState().recording !== undefined;
  });

  /** Takes what goes with another experiment of settings and lanes, and says what does not. */
  async function move(chosen: object, pinned: Pinned, before: Config): Promise<unknown> {
    if (settings.areSound(pinned)) return settings.take(pinned);
    try {
      const { movedTo } = await arriving(() => import('./other-experiment.ts'));
      const moved = movedTo(chosen, pinned, before, app.getState().comparison.lanes);
      for (const id of moved.closed) await actions.removeLane(id);
      const fault = await settings.take(moved.pinned);
      if (!fault) notices.notify('info', moved.words);
      return fault;
    } catch (error) {
      notices.failed(error);
      return error;
    }
  }

  /** What was said of a run's end holds no longer. */
  const forgetEnd = () => {
    const { status } = app.getState();
    if (status === 'finished' || status === 'diverged') notices.clear();
  };

  const actions = {
    start: () => connection.start(false),
    /** From now on training starts only where `allowed` says so: a question is to be answered first. */
    allowPlay(allowed: () => boolean) {
      mayPlay = allowed;
    },
    async play() {
      if (!mayPlay()) return;
      app.setState({ status: 'playing', notice: undefined });
      await connection.run({ kind: 'play', pace: app.getState().pace });
    },
    async pause() {
      await connection.run({ kind: 'pause' }, 'paused');
    },
    toggle: () => (app.getState().status === 'playing' ? actions.pause() : actions.play()),
    async step(count = 1) {
      forgetEnd();
      await connection.run({ kind: 'step', count }, 'paused');
    },
    /** Back to the first state: same seed, same data, same losses; the changes of a link are made again. */
    async reset() {
      forgetEnd();
      for (const each of connection.lanes) each.setState(withoutSeries());
      const done = await connection.run({ kind: 'reset' });
      if (done && app.getState().status !== 'playing') app.setState({ status: 'ready' });
    },
    newSeed: () => actions.set({ seed: (app.getState().config.seed + 1) >>> 0 }),
    async setPace(pace: Pace) {
      app.setState({ pace });
      if (app.getState().status === 'playing') await connection.run({ kind: 'play', pace });
    },
    /** Pins fields; undefined unpins one, so that it follows experiment and method again. */
    set(fields: { [F in keyof Pinned]: Pinned[F] | undefined }) {
      const { config: before, pinned: kept } = app.getState();
      const pinned = Object.fromEntries(
        Object.entries({ ...kept, ...fields }).filter(([, value]) => value !== undefined),
      ) as Pinned;
      const moves = (fields.experiment ?? before.experiment) !== before.experiment;
      return moves ? move(fields, pinned, before) : settings.take(pinned);
    },
    /** Replaces all pinned fields. */
    replace: (pinned: Pinned) => settings.take(pinned),
    /** Starts what a link describes: settings, lanes, and changes in mid-run when their steps are reached. */
    async open(link: Pick<ParsedHash, 'pinned' | 'planned' | 'presentation' | 'comparison'>) {
      const { pinned, planned, presentation, comparison } = link;
      const leavesLesson = app.getState().presentation.lesson !== undefined && !presentation.lesson;
      app.setState({ presentation, notice: undefined });
      const changes = (log: ChangeLog, more: ChangeLog) => log.length - 1 + more.length;
      const { log, planned: plan } = lane.getState();
      const alone = comparison.lanes.length === 0 && app.getState().comparison.lanes.length === 0;
      const isPlain = planned.length === 0 && comparison.lanes.length === 0;
      const isBack = leavesLesson && isPlain && stoodBeforeLesson && !lane.getState().recording;
      const recording = isBack ? firstRun(resolveConfig(pinned)) : {};
      if (!recording.recording && alone && planned.length === 0 && changes(log, plan) === 0)
        return settings.takeLink(pinned);
      const config = resolveConfig(pinned);
      await connection.run({ kind: 'pause' });
      lane.setState({
        ...opensUnder(config, lane.getState()),
        planned,
        held: false,
        ...recording,
      });
      await reopen(config, comparison, false);
    },
    /** Goes on with a run held from before: its changes, state, losses and errors; alone, or with the lanes that stood beside it. */
    async load(run: SavedRun, { comparison = () => ALONE, lanes = [], held = false }: Partial<Beside> = {}) {
      await connection.run({ kind: 'pause' });
      lane.setState({ ...standsAt(run, lane.getState()), held });
      await reopen(lane.getState().config, comparison(), true, lanes);
      // What prevented it has been told.
      if (!app.getState().notice) actions.notify('info', `The run goes on from step ${run.state.step}`);
    },
    /**
     * Shows the run at a step that it has passed. A recorded run is replayed like any other, from the states that are recorded with it,
     * and training goes on from where it is left.
     */
    async seek(step: number) {
      const attempt = ++seeks;
      const recorded = lane.getState().recording !== undefined;
      // Where they do not arrive it is replayed from its start.
      const states = recorded ? await statesOfRecording().catch(() => undefined) : undefined;
      // Training may have taken over meanwhile.
      if (recorded && !lane.getState().recording) return;
      if (recorded) lane.setState({ recording: undefined });
      await connection.run({ kind: 'seek', step, states }, 'paused');
      if (attempt === seeks) app.setState({ replay: undefined });
    },
    /** Fetches what a recorded run is replayed from, before it is asked for. */
    async prepareSeek() {
      if (lane.getState().recording) await statesOfRecording().catch(() => undefined);
    },
    /** What is looked at: input and T in every lane, silenced neurons in the main one. */
    async setView(view: Partial<ViewRequest>) {
      const next = { ...lane.getState().view, ...view };
      lane.setState({ view: next });
      const others = connection.lanes.slice(1);
      for (const other of others) other.setState({ view: { ...next, silenced: [] } });
      await connection.run({
        kind: 'view',
        lane: MAIN,
        view: next,
        others: others.map(({ getState }) => getState().id),
      });
    },
    /** Shows the spikes at another place, one number for each coordinate of the answer. */
    async setProbe(place: readonly number[]) {
      const { experiment } = lane.getState().config;
      app.setState({ presentation: { ...app.getState().presentation, probe: { experiment, place } } });
      await probeShown;
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
      connection.ask({ kind: 'staircase', lane: MAIN, times, grid }),
    solve: (forcing: Float64Array) => connection.ask({ kind: 'solve', lane: MAIN, forcing }),
    explain: () => connection.ask({ kind: 'explain', lane: MAIN }),
    /** What the next step of a lane costs. */
    cost: (id: LaneId = MAIN) => connection.ask({ kind: 'cost', lane: id }),
    /** What it would cost by BP, RFG and WP. */
    costOfMethods: (id: LaneId = MAIN) => connection.ask({ kind: 'methods', lane: id }),
    /** Asks for pieces of what the gradient microscope shows of a lane. */
    microscopeOf:
      (id: LaneId, apart = false) =>
      <P extends MicroscopeRequest['part']>(request: MicroscopeRequest & { part: P }) =>
        connection.ask({ kind: 'microscope', lane: id, request, apart }) as Promise<MicroscopeAnswers[P]>,
    /** Shows lines of what does as well without spikes, or hides them. */
    showBaselines: (shown: boolean) => baselines.show(shown),
    /** A piece of the main lane's baselines, whether they are shown or not. */
    askBaselines: (request: BaselinesRequest) =>
      connection.ask({ kind: 'baselines', lane: MAIN, request, apart: true }),
    /** What the gradient microscope draws. */
    chooseEstimates: (estimates: EstimateChoice) =>
      app.setState({ presentation: { ...app.getState().presentation, estimates } }),
    rates: (factor: number, depth: number) => connection.ask({ kind: 'rates', lane: MAIN, factor, depth }),
    async setEngine(choice: EngineChoice) {
      app.setState({ engineChoice: choice });
      await connection.switchEngine(choice);
    },
    /** Opens a view of “Look inside” in place of the one that is open, or closes it. */
    look: (inside: InsideName | undefined) =>
      app.setState({ presentation: { ...app.getState().presentation, inside } }),
    /** Shows these panels alone, or all of them. */
    showPanels: (panels: readonly PanelName[] | undefined) =>
      app.setState({ presentation: { ...app.getState().presentation, panels } }),
    /** Opens a lab, or sets the one that is open; closes it where none is given. */
    setLab: (lab: LabChoice | undefined) =>
      app.setState({ presentation: { ...app.getState().presentation, lab } }),
    clearNotice: () => notices.clear(),
    notify: (...notice: Parameters<Notices['notify']>) => notices.notify(...notice),
    /** One more warning, below those that stand. */
    warn: (text: string) => notices.warn(text),
    dispose: () => connection.dispose(),
    ...comparingActions(connection, settings),
  };

  return { app, lane, baselines: baselines.store, actions };
}
export type Playground = ReturnType<typeof createPlayground>;
export type { Notice, PlaygroundOptions, PlaygroundState } from './app-state.ts';
