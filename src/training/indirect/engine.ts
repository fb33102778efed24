import { gather } from '../../snn/batch.ts';
import { isIndirect } from '../../snn/method.ts';
import type { Dataset } from '../../snn/network.ts';
import type {
  AdvanceRequest,
  Chunk,
  Engine,
  EngineName,
  GradientReport,
  GradientRequest,
  RunState,
  Task,
  Trace,
} from '../engine.ts';
import { planStep } from '../plan.ts';
import type { Pulse } from '../pulse.ts';
import { advanceRun } from '../reference-engine.ts';
import { rateGradient } from './rate-network.ts';
import { fitReadouts } from './ridge.ts';

/** Rows simulated at a time for the fit. */
const ROWS = 1024;
const NO_TARGET = new Float64Array(0);

/**
 * An engine that knows the methods without a gradient of the spiking network too, in plain TypeScript, and leaves everything
 * else to the engine it wraps. What is shown and measured is always the spiking network, simulated by the wrapped engine.
 *
 * - ANN: the rate network is trained by BP (rate-network.ts); the loss is the rate network's.
 * - RF, S-SWIM: the hidden weights stay as they were sampled; the first step after the method took over fits the read-out by ridge
 *   regression on the rates, mean or filtered, over all training data (ridge.ts). Later steps change nothing. The loss is that of the
 *   step's batch, before the fit.
 */
export class IndirectEngine implements Engine {
  /** @param pulse called between steps that are computed here. */
  constructor(
    private readonly engine: Engine,
    private readonly pulse?: Pulse,
  ) {}

  get name(): EngineName {
    return this.engine.name;
  }

  async advance(requests: readonly AdvanceRequest[], steps: number): Promise<Chunk[]> {
    const direct = requests.filter(({ task }) => !isIndirect(task.specs.method));
    if (direct.length === requests.length) return this.engine.advance(requests, steps);
    const chunks = direct.length > 0 ? await this.engine.advance(direct, steps) : [];
    const all: Chunk[] = [];
    for (const request of requests) {
      const { derivation } = request.task.specs.method;
      if (!isIndirect({ derivation })) all.push(chunks[direct.indexOf(request)]);
      else if (derivation === 'rates') all.push(await this.rates(request, steps));
      else all.push(await this.fit(request, steps));
    }
    return all;
  }

  async gradient(request: GradientRequest): Promise<GradientReport> {
    const { network, theta, data, method } = request;
    if (!isIndirect(method)) return this.engine.gradient(request);
    if (method.derivation === 'fit') throw new Error('a fit has no gradient and no estimate of one');
    const { loss, heads, gradient, derivatives } = rateGradient(network, theta, data);
    return { loss, output: heads[0].output, gradient, derivatives };
  }

  outputs(...call: Parameters<Engine['outputs']>): Promise<Float32Array | Float64Array> {
    return this.engine.outputs(...call);
  }

  trace(...call: Parameters<Engine['trace']>): Promise<Trace> {
    return this.engine.trace(...call);
  }

  async prepare(task: Task): Promise<number | undefined> {
    // The wrapped engine simulates for these methods and trains nothing.
    return isIndirect(task.specs.method) ? undefined : this.engine.prepare?.(task);
  }

  dispose(): void {
    this.engine.dispose();
  }

  private async rates({ task, state: start }: AdvanceRequest, steps: number): Promise<Chunk> {
    const losses = new Float64Array(steps);
    let state = start;
    for (let i = 0; i < steps; i++) {
      const chunk = advanceRun({ task, state }, 1, rateGradientOf);
      if (chunk.divergedAt !== undefined) return { ...chunk, losses: losses.subarray(0, i) };
      losses[i] = chunk.losses[0];
      state = chunk.state;
      await this.pulse?.();
    }
    return { state, losses };
  }

  private async fit({ task, state: start }: AdvanceRequest, steps: number): Promise<Chunk> {
    const losses = new Float64Array(steps);
    let state = start;
    for (let i = 0; i < steps; i++) {
      const loss = await this.loss(task, state);
      const theta = state.momentSteps === 0 ? await this.fitted(task, state.theta) : state.theta;
      if (!Number.isFinite(loss) || !theta.every(Number.isFinite))
        return { state, losses: losses.subarray(0, i), divergedAt: state.step };
      losses[i] = loss;
      state = { ...state, theta, step: state.step + 1, momentSteps: state.momentSteps + 1 };
    }
    return { state, losses };
  }

  /** Mean squared error on the next step's batch. */
  private async loss(task: Task, state: RunState): Promise<number> {
    const { network } = task.specs;
    const batch = gather(task.data, planStep(task, state, 0, new Float32Array(0)).rows);
    const output = await this.engine.outputs(network, state.theta, batch);
    let sum = 0;
    for (let n = 0; n < output.length; n++) sum += (output[n] - batch.target[n]) ** 2;
    return sum / output.length;
  }

  private async fitted({ specs, data }: Task, theta: Float64Array): Promise<Float64Array> {
    const { network } = specs;
    const rates: Float64Array[] = [];
    for (const factor of data.factors.keys())
      rates.push(await this.lastRates({ specs, data }, theta, factor));
    return fitReadouts(network, theta, data, rates);
  }

  /** Mean rates of a factor's last hidden layer on all of its rows: [row][neuron]. */
  private async lastRates({ specs, data }: Task, theta: Float64Array, factor: number): Promise<Float64Array> {
    const { network, layout } = specs;
    const { rows } = data.factors[factor];
    const last = layout.hidden[factor].length - 1;
    const width = layout.hidden[factor][last].outputs;
    const out = new Float64Array(rows * width);
    for (let from = 0; from < rows; from += ROWS) {
      await this.pulse?.();
      const some = Uint32Array.from({ length: Math.min(ROWS, rows - from) }, (_, i) => from + i);
      const part: Dataset = gather(
        { ...data, target: NO_TARGET },
        data.factors.map((_, m) => (m === factor ? some : Uint32Array.of(0))),
      );
      const trace = await this.engine.trace(network, theta, factor, part);
      out.set(trace.rates[last], from * width);
    }
    return out;
  }
}

function rateGradientOf(task: Task, theta: Float64Array, batch: Dataset) {
  return rateGradient(task.specs.network, theta, batch);
}
