import { HAT_COARSE_GRID, HAT_GRID, hat, mexicanHat, squareGrid } from '../experiments/hat.ts';
import { fromBase64 } from '../training/base64.ts';
import type { Config } from '../training/config.ts';
import { changeBetween, resolveConfig } from '../training/presets.ts';
import type { Metric } from '../worker/protocol.ts';
import recorded from './first-run.json' with { type: 'json' };
import { initialView } from './initial-view.ts';
import type { LaneState } from './lane-store.ts';
import { LossSeries } from './loss-series.ts';
import { type Packed, unpack, unpackBits, unpackText } from './packing.ts';

/** A run of the default configuration, trained beforehand by scripts/first-run.mts: what the page shows at once. */
export interface RecordedRun {
  /** `hatHash` of the configuration it was trained under; tests compare it with that of today. */
  readonly config: string;
  readonly seed: number;
  readonly step: number;
  /** Relative L2 error on the stated grid. */
  readonly error: number;
  /** θ as little-endian float32. */
  readonly theta: string;
  /** Natural logarithms of the losses of all steps, one character each. */
  readonly losses: Packed;
  /** Steps and relative L2 errors on the coarse grid. */
  readonly metrics: readonly (readonly [step: number, value: number])[];
  /** Output on the coarse grid, 16 bits a node, and its relative L2 error. */
  readonly prediction: Packed;
  readonly coarseError: number;
  /** Spikes and membranes at the first probe: one text for each depth of [t][neuron]. */
  readonly probe: {
    readonly T: number;
    readonly output: number;
    readonly spikes: readonly string[];
    readonly membranes: readonly Packed[];
  };
}

/**
 * The recorded run as a lane's state, when the configuration is the default one. Its weights are all there, so the worker
 * opens the lane with them and everything on the page works on the recorded network too.
 */
export function firstRun(
  config: Config,
  run: RecordedRun = recorded as unknown as RecordedRun,
): Partial<LaneState> {
  if (changeBetween(config, resolveConfig({})).kind !== 'none') return {};
  const logarithms = unpackText(run.losses);
  const losses = new LossSeries();
  losses.replace(0, logarithms.map(Math.exp));
  losses.firstMeasured = logarithms.length;
  const theta = Float64Array.from(new Float32Array(fromBase64(run.theta).buffer));
  const { step, error, probe } = run;
  const [x, y] = initialView(hat.id).probe[0];
  const metrics = run.metrics.map(([at, value]): Metric => ({ step: at, value, grid: 'coarse' }));
  return {
    recording: { step, error },
    step,
    end: step,
    data: {
      test: squareGrid(HAT_GRID, mexicanHat),
      coarse: squareGrid(HAT_COARSE_GRID, mexicanHat),
      unit: 1,
      parameters: theta.length,
    },
    losses,
    lossVersion: 1,
    metrics: [...metrics, { step, value: error, grid: 'stated' }],
    prediction: {
      step,
      grid: 'coarse',
      values: unpack(run.prediction, 16),
      error: run.coarseError,
      errors: Float32Array.of(run.coarseError),
    },
    probe: {
      T: probe.T,
      output: probe.output,
      point: { x, y, target: mexicanHat(x, y) },
      requestedRow: [x, y],
      spikes: [probe.spikes.map(unpackBits)],
      membranes: [probe.membranes.map((membrane) => unpack(membrane, 16))],
    },
    // The moments are not recorded: as after a change of method, they start at zero.
    state: {
      theta,
      m: new Float64Array(theta.length),
      v: new Float64Array(theta.length),
      step,
      momentSteps: 0,
      seed: run.seed,
    },
  };
}
