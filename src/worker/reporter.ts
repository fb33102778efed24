import type { Engine } from '../training/engine.ts';
import type { EngineKeeper } from './engine-keeper.ts';
import { evaluate, layerActivity, probeTrace } from './evaluation.ts';
import { hasDiverged, type Lane, type Lanes, stepOf } from './lane.ts';
import type { ChangeLog, LaneId, LaneTelemetry, Metric, WorkerEvent } from './protocol.ts';

/** Share of the time, waiting included, that live metrics may take. */
const METRIC_SHARE = 0.2;
const TELEMETRY_MS = 40;
/** With many lanes there is more to draw each time: they are told of in proportion more seldom. */
const LANES_AT_ONCE = 2;
const STATE_MS = 1000;
/** A slow machine tells of itself as seldom as this. */
const PAUSE_MS = 5000;

export interface ReporterHost {
  emit(event: WorkerEvent): void;
  /** Whether the last telemetry has been taken; while it has not, newer results wait and are merged. */
  ready(): boolean;
  now(): number;
}

/** Evaluates lanes and tells of them: as often as the page takes it, and within its share of the time. */
export class Reporter {
  private evaluationMs = 0;
  /** Time that passed outside evaluation: training, and waiting for a step that the pace has not called for yet. */
  private otherMs = 0;
  /** Step that the last telemetry showed, and the last one that was evaluated while playing. */
  private shownStep = -1;
  private evaluatedStep = -1;
  private lastTelemetry = 0;
  private lastState = 0;

  constructor(
    private readonly host: ReporterHost,
    private readonly engines: EngineKeeper,
  ) {}

  /** While training runs. */
  async showWhenDue(lanes: Lanes): Promise<void> {
    const now = this.host.now();
    const rest = TELEMETRY_MS * Math.max(1, lanes.size / LANES_AT_ONCE);
    if (now - this.lastTelemetry < rest || !this.host.ready()) return;
    const step = stepOf(lanes);
    const elapsed = this.otherMs + this.evaluationMs + now - this.lastTelemetry;
    const affordable = this.evaluationMs <= METRIC_SHARE * elapsed;
    const due = step !== this.evaluatedStep && affordable;
    if (due || step !== this.shownStep)
      await this.tell(lanes, true, due ? 'coarse' : undefined, false, true, affordable);
  }

  /** Playing begins: what was evaluated before it, cold and on request, is not held against live metrics. */
  begin(): void {
    this.evaluationMs = 0;
    this.otherMs = 0;
    this.evaluatedStep = -1;
  }

  /** Evaluates the lanes on `grid` and sends telemetry. */
  async show(
    lanes: Lanes,
    playing: boolean,
    grid: Metric['grid'] | undefined,
    withState: boolean,
  ): Promise<void> {
    await this.tell(lanes, playing, grid, withState);
  }

  /** Tells where the lanes stand, without any evaluation. */
  showSteps(lanes: Lanes, playing: boolean): void {
    // Of one that was moved more than its step is to be told.
    const messages = [...lanes]
      .filter(([, lane]) => !lane.moved && !lane.newData && lane.run.config === lane.lastConfig)
      .map(([id, lane]) => this.telemetry(id, lane, { state: lane.run.state }));
    this.lastTelemetry = this.host.now();
    this.lastState = this.lastTelemetry;
    this.shownStep = stepOf(lanes);
    if (messages.length > 0) this.host.emit({ kind: 'telemetry', playing, lanes: messages });
  }

  /** @throws Interrupted by the engine's pulse: nothing has been told then, and nothing is held to have been told. */
  private async tell(
    lanes: Lanes,
    playing: boolean,
    grid: Metric['grid'] | undefined,
    withState: boolean,
    live = false,
    affordable = true,
  ): Promise<void> {
    const engine = await this.engines.need();
    const start = this.host.now();
    const sendState = withState || start - this.lastState > STATE_MS;
    const activity = withState || (sendState && affordable);
    const views = new Map<LaneId, Evaluation>();
    for (const [id, lane] of lanes) {
      // Where it has been evaluated not at all, as after an evaluation that was given up, what is shown is of another network.
      const on = grid ?? (lane.moved ? 'coarse' : undefined);
      const evaluated = await this.measureTime(live, () => evaluation(engine, lane, on));
      views.set(id, {
        ...evaluated,
        probe: await probeTrace(engine, lane.run.shown),
        activity: activity
          ? await this.measureTime(live && !withState, () => layerActivity(engine, lane.run.shown))
          : undefined,
        state: sendState ? lane.run.state : undefined,
        msPerStep: sendState ? lane.run.msPerStep : undefined,
      });
    }
    const shownAt = this.host.now();
    const messages = [...lanes].map(([id, lane]) => this.telemetry(id, lane, views.get(id) as Evaluation));
    this.shownStep = stepOf(lanes);
    if (grid) this.evaluatedStep = this.shownStep;
    // A pause before this one is no credit.
    this.otherMs += Math.min(PAUSE_MS, start - this.lastTelemetry);
    // The share is of recent time: old costs fade.
    this.evaluationMs *= 0.98;
    this.otherMs *= 0.98;
    this.lastTelemetry = shownAt;
    if (sendState) this.lastState = shownAt;
    if (messages.length > 0) this.host.emit({ kind: 'telemetry', playing, lanes: messages });
  }

  /** Does `work`; with `counted` its time is held against live metrics, also when it is given up. */
  private async measureTime<T>(counted: boolean, work: () => Promise<T>): Promise<T> {
    const start = this.host.now();
    try {
      return await work();
    } finally {
      if (counted) this.evaluationMs += this.host.now() - start;
    }
  }

  private telemetry(id: LaneId, lane: Lane, { metric, ...view }: Evaluation): LaneTelemetry {
    const { run } = lane;
    if (metric) lane.metrics.push(metric);
    const changed = run.config !== lane.lastConfig;
    const telemetry: LaneTelemetry = {
      ...view,
      // A configuration is never told beside the state of another one.
      state: view.state ?? (changed || lane.moved ? run.state : undefined),
      lane: id,
      opening: lane.opening,
      step: run.state.step,
      config: changed ? run.config : undefined,
      opened: lane.newData ? run.opened : undefined,
      first: lane.firstUnsent,
      losses: run.losses.slice(lane.firstUnsent, Math.max(lane.firstUnsent, run.state.step)),
      metrics: lane.metrics,
      keepMetricsTo: lane.keepMetricsTo,
      end: run.end,
      held: lane.held,
      divergedAt: hasDiverged(lane) ? lane.divergedAt : undefined,
      changes: news(lane),
    };
    lane.firstUnsent = Math.max(lane.firstUnsent, run.state.step);
    lane.lastConfig = run.config;
    lane.newData = false;
    lane.moved = false;
    lane.metrics = [];
    lane.keepMetricsTo = Number.POSITIVE_INFINITY;
    return telemetry;
  }
}

/** What was evaluated of a lane. */
type Evaluation = Pick<LaneTelemetry, 'prediction' | 'probe' | 'activity' | 'state' | 'msPerStep'> & {
  readonly metric?: Metric;
};

async function evaluation(
  engine: Engine,
  { run }: Lane,
  grid: Metric['grid'] | undefined,
): Promise<Pick<Evaluation, 'prediction' | 'metric'>> {
  if (!grid) return {};
  const prediction = await evaluate(engine, run.shown, grid);
  // The curve is that of the network as trained, whatever is silenced on the maps.
  const asTrained = run.shownAsTrained ? prediction : await evaluate(engine, run.trained, grid);
  const metric = { step: asTrained.step, value: asTrained.error, grid, ms: run.msAt(run.state.step) };
  return { prediction, metric };
}

/** The lane's changes when they are not those that were sent last. */
function news(lane: Lane): Lane['lastSent'] {
  const { log, planned } = lane.run;
  if (lane.lastSent && sameLog(lane.lastSent.log, log) && sameLog(lane.lastSent.planned, planned))
    return undefined;
  lane.lastSent = { log, planned };
  return lane.lastSent;
}

function sameLog(a: ChangeLog, b: ChangeLog): boolean {
  return a.length === b.length && a.every((change, i) => change === b[i]);
}
