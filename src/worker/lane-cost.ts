import { type StepCost, stepCost } from '../training/cost.ts';
import type { AdvanceRequest, Engine } from '../training/engine.ts';
import { operations } from '../training/operations.ts';
import { countSpikes } from '../training/spike-counts.ts';

/** What the next training step of a lane costs. */
export interface LaneCost {
  /** Step at which the spikes were counted. */
  readonly step: number;
  readonly cost: StepCost;
  /** Measured milliseconds of a step with this engine, this lane alone. */
  readonly msPerStep: number;
}

/** Operations of the next step of a run. */
export async function operationsOfStep(engine: Engine, { task, state }: AdvanceRequest): Promise<number> {
  return operations(stepCost(task.specs, await countSpikes(engine, task, state)));
}

/** Time that steps are measured for, after one that warms up. */
const MEASURE_MS = 40;
const MOST_STEPS = 256;

/** Counts and times the next steps of a run; the run does not move. */
export async function laneCost(
  engine: Engine,
  request: AdvanceRequest,
  now: () => number,
): Promise<LaneCost> {
  const { task, state } = request;
  const cost = stepCost(task.specs, await countSpikes(engine, task, state));
  return { step: state.step, cost, msPerStep: await measure(engine, request, now) };
}

async function measure(engine: Engine, request: AdvanceRequest, now: () => number): Promise<number> {
  const time = async (steps: number) => {
    const begun = now();
    await engine.advance([request], steps);
    return Math.max(0.01, now() - begun);
  };
  const first = await time(1);
  if (first >= MEASURE_MS) return first;
  const steps = Math.max(1, Math.min(MOST_STEPS, Math.floor(MEASURE_MS / first)));
  return (await time(steps)) / steps;
}
