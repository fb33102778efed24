import { createStore } from 'zustand/vanilla';
import type { Config } from '../training/config.ts';
import type { LayerActivity } from '../training/diagnosis.ts';
import type { RunState } from '../training/engine.ts';
import type {
  LaneId,
  LaneOpened,
  LaneTelemetry,
  Metric,
  Prediction,
  ProbeTrace,
  ViewRequest,
} from '../worker/protocol.ts';

/** Losses of steps 0, 1, 2 …: a growing buffer; `length` entries count. */
export class LossSeries {
  buffer = new Float64Array(4096);
  length = 0;

  /** Replaces what is known from step `first` on. */
  replace(first: number, losses: Float64Array): void {
    const needed = first + losses.length;
    if (needed > this.buffer.length) {
      const grown = new Float64Array(Math.max(needed, 2 * this.buffer.length));
      grown.set(this.buffer.subarray(0, this.length));
      this.buffer = grown;
    }
    if (first > this.length) this.buffer.fill(Number.NaN, this.length, first);
    this.buffer.set(losses, first);
    this.length = Math.max(needed, losses.length === 0 ? Math.min(this.length, first) : needed);
  }

  get values(): Float64Array {
    return this.buffer.subarray(0, this.length);
  }
}

/** From `step` on the run went on under another configuration, whose method is named. */
export interface MethodChange {
  readonly step: number;
  readonly method: string;
}

/** One run as the views see it. */
export interface LaneState {
  readonly id: LaneId;
  /** Configuration in force at the step shown. */
  readonly config: Config;
  readonly view: ViewRequest;
  readonly data?: LaneOpened;
  readonly step: number;
  /** Last step that can be sought. */
  readonly end: number;
  readonly losses: LossSeries;
  /** Grows with every change of `losses`, which is changed in place. */
  readonly lossVersion: number;
  /** Relative L2 of the network as trained, by step; at most one a step and grid. */
  readonly metrics: readonly Metric[];
  /** Changes in mid-run that are part of this run, oldest first. */
  readonly changes: readonly MethodChange[];
  readonly prediction?: Prediction;
  readonly probe?: ProbeTrace;
  /** How the hidden layers fire, about a second old at most. */
  readonly activity?: readonly LayerActivity[];
  /** Latest state that was sent: what a new worker resumes from. */
  readonly state?: RunState;
  readonly stepsPerSecond: number;
}

export function createLaneStore(id: LaneId, config: Config, view: ViewRequest) {
  return createStore<LaneState>(() => ({
    id,
    config,
    view,
    step: 0,
    end: 0,
    losses: new LossSeries(),
    lossVersion: 0,
    metrics: [],
    changes: [],
    stepsPerSecond: 0,
  }));
}
export type LaneStore = ReturnType<typeof createLaneStore>;

/** The lane's state after a telemetry message. Losses are changed in place. */
export function withTelemetry(lane: LaneState, telemetry: LaneTelemetry): Partial<LaneState> {
  lane.losses.replace(telemetry.first, telemetry.losses);
  return {
    step: telemetry.step,
    end: telemetry.end,
    config: telemetry.config,
    lossVersion: lane.lossVersion + 1,
    metrics: mergeMetrics(
      lane.metrics.filter((metric) => metric.step <= telemetry.keepMetricsTo),
      telemetry.metrics,
    ),
    changes: lane.changes.some((change) => change.step > telemetry.keepMetricsTo)
      ? lane.changes.filter((change) => change.step <= telemetry.keepMetricsTo)
      : lane.changes,
    prediction: telemetry.prediction ?? lane.prediction,
    probe: telemetry.probe ?? lane.probe,
    activity: telemetry.activity ?? lane.activity,
    state: telemetry.state ?? lane.state,
    stepsPerSecond: telemetry.stepsPerSecond,
  };
}

const MOST_METRICS = 4000;

function mergeMetrics(known: readonly Metric[], added: readonly Metric[]): Metric[] {
  const merged = [...known];
  for (const metric of added) {
    const at = merged.findIndex((m) => m.step === metric.step && m.grid === metric.grid);
    if (at >= 0) merged[at] = metric;
    else merged.push(metric);
  }
  merged.sort((a, b) => a.step - b.step);
  return merged.length > MOST_METRICS
    ? merged.filter((metric, i) => i % 2 === 0 || metric.grid === 'stated')
    : merged;
}
