import type { EngineChoice, EngineReport } from '../kernels/choose.ts';
import type { DataSamples, OperatorData } from '../problems/problem.ts';
import type { Dataset } from '../snn/network.ts';
import type { NeuronId } from '../snn/silence.ts';
import type { BaselineName } from '../training/baseline-config.ts';
import type { Config, ExperimentName } from '../training/config.ts';
import type { CountedMethod } from '../training/cost-beside.ts';
import type { LayerActivity } from '../training/diagnosis.ts';
import type { RunState } from '../training/engine.ts';
import type { ExplainedStep } from '../training/explain.ts';
import type { ChangeLog, Metric } from '../training/saved-run.ts';
import type { LaneCost } from './lane-cost.ts';
import type { MicroscopeAnswer, MicroscopeRequest } from './lane-microscope.ts';

export type { ChangeLog, Metric } from '../training/saved-run.ts';

export type LaneId = string;

/** How training steps are spaced: in log time (a hat emerges over about eight seconds), evenly, or as fast as they go. */
export type Pace = 'log' | 'steady' | 'full';

/** What lanes have in equal measure as they advance together. */
export type Lockstep = 'steps' | 'cost';

/** What a lane's pictures show, beside the run itself; never changes the training. */
export interface ViewRequest {
  /** Whose inputs and neurons these are: under another experiment the view is passed over. Missing: of any. */
  readonly experiment?: ExperimentName;
  /** One input row for each factor: the one whose spikes are shown. Missing ones are taken from the test data. */
  readonly probe: readonly (readonly number[])[];
  /** Output scale of each of these rows; 1 where it is missing. */
  readonly probeScales?: readonly number[];
  readonly silenced: readonly NeuronId[];
  /** T of the evaluation when it differs from the training's. */
  readonly inferenceT?: number;
}

export type Command =
  /** `anew`: all lanes are opened anew after it, so what is done for them is wanted no longer. */
  | { readonly kind: 'engine'; readonly choice: EngineChoice; readonly anew?: boolean }
  /** Opens a lane, at its start or at a state held from before. */
  | {
      readonly kind: 'open';
      readonly lane: LaneId;
      /** In force at the state it is opened at. */
      readonly config: Config;
      readonly view: ViewRequest;
      /** Comes back with all that is told of the lane: what was told of the lane it replaces can be told apart. */
      readonly opening?: number;
      readonly state?: RunState;
      /** The page has a prediction at `state`: none is made. */
      readonly recorded?: boolean;
      /** What a step took before, in ms: with a worker that died. The first chunk is one step without it. */
      readonly msPerStep?: number;
      /** Changes that led to `state`; the first entry is the start of the run. */
      readonly past?: ChangeLog;
      /** Time in ms that training took until `state`, if it is known. */
      readonly ms?: number;
      /** Changes to be made when training reaches their steps, increasing. */
      readonly planned?: ChangeLog;
    }
  /**
   * Goes on under other configurations, all lanes between the same two chunks and none if one cannot: weights and schedule
   * position stay where shapes allow, else the run starts anew. Changes that were planned from here on are dropped.
   */
  | { readonly kind: 'change'; readonly lanes: readonly LaneChange[] }
  | { readonly kind: 'close'; readonly lane: LaneId }
  /** A held lane rests while the others train. */
  | { readonly kind: 'hold'; readonly lane: LaneId; readonly held: boolean }
  /** Whether lanes advance by equal steps or by equal cost. */
  | { readonly kind: 'lockstep'; readonly by: Lockstep; readonly anew?: boolean }
  | { readonly kind: 'play'; readonly pace: Pace }
  | { readonly kind: 'pause' }
  | { readonly kind: 'step'; readonly count: number }
  /** Back to the start: as it was opened, changes planned then included, unless the run has been changed since. */
  | { readonly kind: 'reset' }
  /**
   * Shows the run at a step that it has passed; playing on from there forgets what came after. A pause gives the replay up, and all
   * lanes stay where they are.
   */
  | {
      readonly kind: 'seek';
      readonly step: number;
      /** States of the main lane's run from which it can be replayed. */
      readonly states?: readonly RunState[];
    }
  | {
      readonly kind: 'view';
      readonly lane: LaneId;
      readonly view: ViewRequest;
      /** Lanes that show the same input and T, with all their neurons. */
      readonly others?: readonly LaneId[];
    }
  /** Rate of every neuron of a hidden layer over the coarse grid: [row][neuron]. */
  | { readonly kind: 'rates'; readonly lane: LaneId; readonly factor: number; readonly depth: number }
  /** Relative L2 error of the network as it is shown for each of several T. */
  | {
      readonly kind: 'staircase';
      readonly lane: LaneId;
      readonly times: readonly number[];
      readonly grid: Metric['grid'];
    }
  /** Solution of the lane's equation for a forcing on its nodes, on the stated grid. */
  | { readonly kind: 'solve'; readonly lane: LaneId; readonly forcing: Float64Array }
  /** What the next training step would do, taken apart; the run does not move. */
  | { readonly kind: 'explain'; readonly lane: LaneId }
  /** What the next training step costs: operations counted, time measured; the run does not move. */
  | { readonly kind: 'cost'; readonly lane: LaneId }
  /** What that step would cost by BP, RFG and WP: same weights, batch and optimiser. */
  | { readonly kind: 'methods'; readonly lane: LaneId }
  /** A piece of what the gradient microscope shows; it begins with `open`, and the run does not move. */
  | ({ readonly kind: 'microscope'; readonly lane: LaneId; readonly request: MicroscopeRequest } & Apart)
  /** A piece of the lane's baselines; it begins with `open`, and the run does not move. */
  | ({ readonly kind: 'baselines'; readonly lane: LaneId; readonly request: BaselinesRequest } & Apart)
  | { readonly kind: 'ping' };

interface Apart {
  /** Asked in pieces beside a view that asks for its own. */
  readonly apart?: boolean;
}

/** What each command answers; commands that are not listed answer nothing. */
export interface Answers {
  engine: EngineReport;
  /** One for each lane named, in order. */
  change: LaneChanged[];
  rates: Float32Array;
  staircase: Staircase;
  explain: ExplainedStep;
  cost: LaneCost;
  methods: CountedMethod[];
  microscope: MicroscopeAnswer;
  baselines: BaselinesReport;
  solve: Float64Array;
}
export type Answer<K extends Command['kind']> = K extends keyof Answers ? Answers[K] : undefined;

/** Data of the lane's problem for the views. */
export interface LaneOpened {
  readonly test: Dataset;
  readonly coarse: Dataset;
  readonly unit: number;
  /** Of a table: the value of a prediction of 0. */
  readonly offset?: number;
  readonly parameters: number;
  /** Memory that the engine took to train it, where it knows. */
  readonly bytes?: number;
  /** Forcings, nodes and constants of an operator experiment. */
  readonly operator?: OperatorView;
}

/** Data of an operator experiment beside its datasets; forcings are the test functions', [function][node]. */
export type OperatorView = Pick<OperatorData, 'nodes' | 'axes' | 'constants' | 'novelty' | 'samples'> & {
  readonly forcings: Float32Array;
};

export interface LaneChange {
  readonly lane: LaneId;
  readonly config: Config;
}

export interface LaneChanged {
  readonly kind: 'none' | 'keep' | 'reset';
}

/** Takes up the lane's present data and settings, or goes on with those. */
export type BaselinesRequest = 'open' | 'more';

/** What is known of a lane's baselines so far. */
export interface BaselinesReport {
  /** Relative L2 error on the stated test data of those that are not trained step by step. */
  readonly errors: readonly { readonly name: BaselineName; readonly error: number }[];
  /** tanh-BP: error by step, on the coarse grid, and at the end on the stated one. */
  readonly curve: readonly Metric[];
  /** Steps of tanh-BP, and those done. */
  readonly steps: number;
  readonly step: number;
  /** waiting: solutions of training functions are still missing. */
  readonly state: 'waiting' | 'working' | 'done';
}

/** Errors of one state of a run, simulated for different T, or fed only the last T time steps of its sequences. */
export interface Staircase {
  readonly step: number;
  readonly grid: Metric['grid'];
  readonly times: readonly number[];
  /** Mean relative L2 error for each of `times`. */
  readonly errors: readonly number[];
}

/** Output on a grid, in the problem's units, of the network as it is shown: with silenced neurons and the view's T. */
export interface Prediction {
  readonly step: number;
  readonly grid: 'coarse' | 'stated';
  readonly values: Float32Array;
  /** Mean relative L2 error of what is shown, and the error of each function. */
  readonly error: number;
  readonly errors: Float32Array;
  /** Of a table: the error on rows that are learned from, and the output where it is drawn. */
  readonly fittedError?: number;
  readonly drawn?: Float32Array;
}

/** Spikes and membranes at the probe: [factor][depth] of [t][neuron], membranes before the reset. */
export interface ProbeTrace {
  readonly T: number;
  readonly spikes: readonly (readonly Uint8Array[])[];
  readonly membranes: readonly (readonly Float32Array[])[];
  /** Output of the network at the probe, in the problem's units. */
  readonly output: number;
  /** A function on the square: the probe, and the target there in the problem's units, if it has a value there. */
  readonly point?: { readonly x: number; readonly y: number; readonly target?: number };
  /** The first factor's row that was asked for: a trace that was asked for before the view changed is of another. */
  readonly requestedRow?: readonly number[];
  /** Operator networks: what the factors contribute at the probe's function. */
  readonly functions?: FactorFunctions;
}

/** The factors of an operator network, row scales included. */
export interface FactorFunctions {
  /** Branch coefficients at the probe's function, length r. */
  readonly coefficients: Float32Array;
  /** Functions of each coordinate factor on the stated grid: [node][i]. */
  readonly functions: readonly Float32Array[];
  /** The network's answer on the stated grid, in the problem's units: [axis 0][axis 1 …]. */
  readonly answer: Float32Array;
}

export interface LaneTelemetry {
  readonly lane: LaneId;
  /** Of the command that opened the lane. */
  readonly opening?: number;
  readonly step: number;
  /** Configuration in force at this step, when it is not the one sent last: an earlier one after seeking back across a change. */
  readonly config?: Config;
  /** The data, when they are others than those sent last: in the message that shows the network on them, not before or after. */
  readonly opened?: LaneOpened;
  /** Losses of steps first, first + 1, …; what was known from `first` on is replaced. */
  readonly first: number;
  readonly losses: Float64Array;
  readonly metrics: readonly Metric[];
  /** Metrics after this step are to be forgotten. */
  readonly keepMetricsTo: number;
  /** Output on the coarse or the stated grid, scaled by the problem's unit. */
  readonly prediction?: Prediction;
  readonly probe?: ProbeTrace;
  /** How the hidden layers fire; sent about once a second and when training rests. */
  readonly activity?: readonly LayerActivity[];
  /** Sent about once a second and when training rests: what a new worker would resume from. */
  readonly state?: RunState;
  /** Median time of a step of the run in ms, of its configuration in force; sent together with `state`, once it can be said. */
  readonly msPerStep?: number;
  /** Last step that can be sought. */
  readonly end: number;
  readonly held: boolean;
  /** Step whose loss, gradient or update was not finite: the lane stands before it. */
  readonly divergedAt?: number;
  /** Changes of the run so far, its start first, and those still to come: sent when they differ from what was sent last. */
  readonly changes?: { readonly log: ChangeLog; readonly planned: ChangeLog };
}

/** Where a lane stands when training stops, and why it stood there before the others stopped. */
export interface StoppedLane {
  readonly lane: LaneId;
  readonly step: number;
  readonly rest?: 'held' | 'diverged';
}

export type WorkerEvent =
  | { readonly kind: 'telemetry'; readonly playing: boolean; readonly lanes: readonly LaneTelemetry[] }
  | { readonly kind: 'engine'; readonly report: EngineReport }
  | {
      readonly kind: 'progress';
      readonly lane: LaneId;
      readonly opening?: number;
      /** Whose data are made: the lane may still be at another. */
      readonly experiment: ExperimentName;
      readonly done: number;
      readonly total: number;
      /** Some of the functions made so far. */
      readonly samples?: DataSamples;
    }
  /** How far a replay is that takes a while. */
  | { readonly kind: 'replay'; readonly step: number; readonly to: number }
  /** All data of a lane that was opened with a part of them. */
  | {
      readonly kind: 'data';
      readonly lane: LaneId;
      readonly opening?: number;
      readonly opened: LaneOpened;
    }
  /** The end of the schedule, or no lane is left that can go on. */
  | {
      readonly kind: 'stopped';
      readonly reason: 'finished' | 'diverged';
      readonly lanes: readonly StoppedLane[];
    }
  | { readonly kind: 'stopped'; readonly reason: 'failed'; readonly message: string };

export interface WireError {
  readonly name: string;
  readonly message: string;
}

export type ToWorker =
  | { readonly id: number; readonly command: Command }
  /** What was told last has been drawn, and can be seen unless the page is out of sight. */
  | { readonly acknowledged: true; readonly seen: boolean }
  /** Whether the page answers something that was pressed: training leaves the machine to it and tells of nothing. */
  | { readonly answering: boolean };
export type FromWorker =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: WireError }
  /** `at`: when it was sent, in ms since the epoch. */
  | { readonly event: WorkerEvent; readonly at?: number }
  /** Long work that cannot be left is still under way. */
  | { readonly beat: true };
