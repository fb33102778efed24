import { createStore } from 'zustand/vanilla';
import type { DataSamples } from '../problems/problem.ts';
import { type Config, type FieldName, methodName } from '../training/config.ts';
import { allSound, type LayerActivity, type RunObservation } from '../training/diagnosis.ts';
import type { RunState } from '../training/engine.ts';
import { changeBetween } from '../training/presets.ts';
import { problemParams } from '../training/specs.ts';
import type {
  ChangeLog,
  LaneId,
  LaneOpened,
  LaneTelemetry,
  Metric,
  Prediction,
  ProbeTrace,
  ViewRequest,
} from '../worker/protocol.ts';
import { firstView } from './first-view.ts';
import { LossSeries } from './loss-series.ts';
import { mergeMetrics } from './metrics.ts';

/** From `step` on the run went on under another configuration, whose method is named. */
export interface MethodChange {
  readonly step: number;
  readonly method: string;
  /** Method until then. */
  readonly before: string;
  readonly config: Config;
  /** What was changed; empty where only the optimiser's moments were reset. */
  readonly fields: readonly FieldName[];
}

/** Where a recorded run ends. */
export interface Recording {
  readonly step: number;
  /** Relative L2 error on the stated grid. */
  readonly error: number;
}

/** One run as the views see it. */
export interface LaneState {
  readonly id: LaneId;
  /** Counts the openings of lanes: what the worker tells of an earlier one under the same name is not of this run. */
  readonly opening: number;
  /** Configuration in force at the step shown. */
  readonly config: Config;
  readonly view: ViewRequest;
  readonly data?: LaneOpened;
  /** Functions made so far, while data are made. */
  readonly samples?: DataSamples;
  readonly step: number;
  /** Last step that can be sought. */
  readonly end: number;
  readonly losses: LossSeries;
  /** Grows with every change of `losses`, which is changed in place. */
  readonly lossVersion: number;
  /** Relative L2 of the network as trained, by step; at most one a step and grid. */
  readonly metrics: readonly Metric[];
  /** Changes of this run so far; the first entry is its start. */
  readonly log: ChangeLog;
  /** Changes that are still to come. */
  readonly planned: ChangeLog;
  /** Changes in mid-run that are part of this run, oldest first: the log without its start. */
  readonly changes: readonly MethodChange[];
  /** What is shown was trained beforehand: until live training takes over. */
  readonly recording?: Recording;
  readonly prediction?: Prediction;
  readonly probe?: ProbeTrace;
  /** How the hidden layers fire, about a second old at most. */
  readonly activity?: readonly LayerActivity[];
  /** When all hidden layers were last seen to fire as they should. */
  readonly sound?: RunObservation['sound'];
  /** Latest state that was sent: what a new worker resumes from. */
  readonly state?: RunState;
  /** Median time of a step in ms, over what the run did under the configuration in force. */
  readonly msPerStep?: number;
  /** It rests while the others train. */
  readonly held: boolean;
  /** Step whose loss, gradient or update was not finite. */
  readonly divergedAt?: number;
}

let openings = 0;
const nextOpening = () => ++openings;

/** The store of a lane at its start; `known` is what is there of its run already. */
export function createLaneStore(
  id: LaneId,
  config: Config,
  view: ViewRequest,
  initial: Partial<LaneState> = {},
) {
  return createStore<LaneState>(() => ({
    id,
    opening: nextOpening(),
    config,
    view,
    step: 0,
    end: 0,
    losses: new LossSeries(),
    lossVersion: 0,
    metrics: [],
    log: [{ step: 0, config }],
    planned: [],
    changes: [],
    held: false,
    ...initial,
  }));
}
export type LaneStore = ReturnType<typeof createLaneStore>;

/** What a lane knows once its data are there. Data that are equal to those it has stay the same objects, and so do pictures of them. */
function withData({ data }: Pick<LaneState, 'data'>, next: LaneOpened): Pick<LaneState, 'data'> {
  const equal =
    data !== undefined &&
    data.operator === undefined &&
    next.operator === undefined &&
    data.unit === next.unit &&
    data.parameters === next.parameters &&
    sameNumbers(data.test.target, next.test.target) &&
    sameNumbers(data.coarse.target, next.coarse.target);
  return { data: equal ? data : next };
}

function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** A run of which nothing has been done yet. */
export function withoutSeries(): Partial<LaneState> {
  return {
    losses: new LossSeries(),
    lossVersion: 0,
    metrics: [],
    changes: [],
    step: 0,
    end: 0,
    recording: undefined,
    sound: undefined,
    msPerStep: undefined,
    divergedAt: undefined,
  };
}

/**
 * The lane at the start of a run under `config`, in which the worker is to open it: nothing of another network, problem or
 * opening stays beside it. Data that are those of its problem do.
 */
export function opensUnder(config: Config, { config: before, view, data }: LaneState): Partial<LaneState> {
  const same = sameProblem(before, config);
  return {
    ...withoutSeries(),
    ...withoutPictures(),
    opening: nextOpening(),
    config,
    view: before.experiment === config.experiment ? { ...view, silenced: [] } : firstView(config.experiment),
    data: same ? data : undefined,
    samples: undefined,
    activity: undefined,
    state: undefined,
    log: [{ step: 0, config }],
    planned: [],
  };
}

const sameProblem = (a: Config, b: Config) =>
  a.experiment === b.experiment && JSON.stringify(problemParams(a)) === JSON.stringify(problemParams(b));

/** Nothing to show yet. */
export function withoutPictures(): Partial<LaneState> {
  return { prediction: undefined, probe: undefined };
}

/** The prediction, unless it is of a step that the run has not reached: a run that starts anew has no error yet. */
export function shownPrediction({ prediction, end }: Pick<LaneState, 'prediction' | 'end'>) {
  return prediction && prediction.step <= end ? prediction : undefined;
}

/** The lane's state after a telemetry message. Losses are changed in place. */
export function withTelemetry(lane: LaneState, telemetry: LaneTelemetry): Partial<LaneState> {
  lane.losses.replace(telemetry.first, telemetry.losses);
  const config = configAfter(lane, telemetry);
  return {
    ...(config.experiment !== lane.config.experiment && {
      view: firstView(config.experiment),
      samples: undefined,
    }),
    ...(telemetry.opened && withData(lane, telemetry.opened)),
    step: telemetry.step,
    end: telemetry.end,
    config,
    lossVersion: lane.lossVersion + 1,
    metrics: mergeMetrics(
      lane.metrics.filter((metric) => metric.step <= telemetry.keepMetricsTo),
      telemetry.metrics,
    ),
    ...(telemetry.changes && changesOf(telemetry.changes)),
    prediction: telemetry.prediction ?? lane.prediction,
    probe: telemetry.probe ?? lane.probe,
    activity: telemetry.activity ?? lane.activity,
    sound: soundAfter(lane, telemetry),
    state: telemetry.state ?? stateAfter(lane, config),
    msPerStep: timeAfter(lane, telemetry),
    held: telemetry.held,
    divergedAt: telemetry.divergedAt,
  };
}

/** What is known of steps that the run no longer has is forgotten. */
function soundAfter(lane: LaneState, telemetry: LaneTelemetry): RunObservation['sound'] {
  const { activity, step, end } = telemetry;
  if (activity && allSound(activity)) return { step, config: configAfter(lane, telemetry) };
  return lane.sound && lane.sound.step <= end ? lane.sound : undefined;
}

/** What came over from the worker is a copy: a configuration that did not change stays the same object. */
function configAfter(lane: LaneState, { config = lane.config }: LaneTelemetry): Config {
  return config === lane.config || JSON.stringify(config) === JSON.stringify(lane.config)
    ? lane.config
    : config;
}

/** The state held before, unless the run started anew since: it would be one of another network or run. */
function stateAfter({ config: before, state }: LaneState, config: Config): RunState | undefined {
  return config === before || changeBetween(before, config).kind !== 'reset' ? state : undefined;
}

/** What was measured under another configuration is forgotten. */
function timeAfter(lane: LaneState, telemetry: LaneTelemetry): number | undefined {
  if (telemetry.state) return telemetry.msPerStep;
  return configAfter(lane, telemetry) === lane.config ? lane.msPerStep : undefined;
}

/** The log as the views use it. */
function changesOf({ log, planned }: Pick<LaneState, 'log' | 'planned'>) {
  const changes = log.slice(1).map(({ step, config }, i) => ({
    step,
    method: methodName(config),
    before: methodName(log[i].config),
    config,
    fields: changeBetween(log[i].config, config).fields,
  }));
  return { log, planned, changes };
}
