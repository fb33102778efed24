import { gather } from '../snn/batch.ts';
import { tangentOf } from '../snn/forward-mode.ts';
import { shiftsCurrents } from '../snn/method.ts';
import type { Dataset } from '../snn/network.ts';
import { rowPlaces } from '../snn/row-directions.ts';
import { type History, type SimulationRequest, simulate } from '../snn/simulate.ts';
import { perturbationsOf, type SpikeCounts, type Spikes } from './cost.ts';
import type { Engine, RunState, Task } from './engine.ts';
import { directionLength, directionVectors, planStep } from './plan.ts';

/** The spikes of the next training step: of its batch, and under WP of every simulation with shifted weights or currents. */
export async function countSpikes(engine: Engine, task: Task, state: RunState): Promise<SpikeCounts> {
  const { layout, method } = task.specs;
  const draws = new Float32Array(directionLength(task));
  const data = gather(task.data, planStep(task, state, 0, draws).rows);
  const perturbed: Spikes[] = [];
  const batch = await spikesOf(engine, task, state.theta, data);
  if (shiftsCurrents(method)) perturbed.push(...shiftedSpikes(task, state, data, draws, batch));
  else if (method.derivation === 'differences') {
    const vectors = directionVectors(task, draws);
    for (const { k, group } of perturbationsOf(task.specs)) {
      const { direction } = tangentOf(layout, vectors[k], group);
      for (const amount of [method.epsilon, -method.epsilon]) {
        const theta = state.theta.map((value, j) => value + amount * direction[j]);
        perturbed.push(await spikesOf(engine, task, theta, data));
      }
    }
  }
  const fits = method.derivation === 'fit' && state.momentSteps === 0;
  return { batch, perturbed, ...(fits && { fit: await allSpikes(engine, task, state.theta) }) };
}

/** Under node perturbation, of every simulation with shifted currents: engines do not tell of those, the reference is asked. */
function shiftedSpikes(
  task: Task,
  { theta }: RunState,
  data: Dataset,
  draws: Float32Array,
  batch: Spikes,
): Spikes[] {
  const { network, layout, method } = task.specs;
  const rows = data.factors.map((factor) => factor.rows);
  const places = rowPlaces(layout, 'activity', rows);
  const rest = data.factors.map((factorData, factor) => {
    return historyOf({ network, theta, factor, data: factorData });
  });
  const vectors = directionVectors(task, draws);
  return perturbationsOf(task.specs).flatMap(({ k, group }) => {
    const { factor, depth, index } = layout.layers[group!];
    const { at, each } = places[index];
    return [method.epsilon, -method.epsilon].map((amount): Spikes => {
      const shift = (row: number) =>
        vectors[k].subarray(at + row * each, at + (row + 1) * each).map((xi) => amount * xi);
      const restart = { depth, history: rest[factor], shift };
      const counted = historyOf({ network, theta, factor, data: data.factors[factor], restart }).spikes.map(
        sumOf,
      );
      return batch.map((own, m) =>
        m === factor ? own.map((count, d) => (d < depth ? count : counted[d])) : own,
      );
    });
  });
}

function historyOf(request: SimulationRequest): History {
  const { history } = simulate({ ...request, keepHistory: true });
  if (!history) throw new Error('a simulation that was to keep its history has none');
  return history;
}

/** Rows simulated at a time: what is kept of each grows with T and the widths. */
const ROWS = 256;

/** RF fits to all training data. */
async function allSpikes(engine: Engine, task: Task, theta: Float64Array): Promise<SpikeCounts['fit']> {
  const rows = task.data.factors.map((factor) => factor.rows);
  return { rows, spikes: await spikesOf(engine, task, theta, task.data) };
}

/** Spikes on all rows of `data`. */
async function spikesOf(engine: Engine, task: Task, theta: Float64Array, data: Dataset): Promise<Spikes> {
  const { network } = task.specs;
  const spikes = network.factors.map(({ hidden }) => hidden.map(() => 0));
  for (const [factor, { rows }] of data.factors.entries())
    for (let from = 0; from < rows; from += ROWS) {
      const some = Uint32Array.from({ length: Math.min(ROWS, rows - from) }, (_, i) => from + i);
      const part = gather(
        { ...data, target: new Float64Array(0) },
        data.factors.map((_, m) => (m === factor ? some : Uint32Array.of(0))),
      );
      const trace = await engine.trace(network, theta, factor, part);
      trace.spikes.forEach((ofLayer, depth) => {
        spikes[factor][depth] += sumOf(ofLayer);
      });
    }
  return spikes;
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}
