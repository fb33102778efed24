import { drawsDirections } from '../../snn/method.ts';
import type { Dataset, Network } from '../../snn/network.ts';
import type {
  AdvanceRequest,
  Chunk,
  Engine,
  GradientReport,
  GradientRequest,
  Task,
  Trace,
} from '../../training/engine.ts';
import type { Pulse } from '../../training/pulse.ts';
import { whatFits } from '../fit.ts';
import { Arena, LIMIT } from './arena.ts';
import { forwardJob, gradientJob, trainingJob } from './job.ts';
import { advanceOnTensors } from './kernel.ts';
import { Machine } from './machine.ts';
import { loadModule } from './module.ts';
import { place } from './place.ts';
import { readTrace } from './trace.ts';

/**
 * Machines that keep the data of a task, as many as a comparison has lanes, or fewer where they have this much memory; the one
 * unused for longest is taken for a new task. A task that has lost its machine has one laid out for it at every call.
 */
const MACHINES = 10;
const ALL_BYTES = 512 << 20;
/** Memory of WebAssembly never shrinks: a machine that has more than this is given up rather than used again. */
const KEPT_BYTES = 128 << 20;

/**
 * The WebAssembly engine: float32, neurons in SIMD lanes, runs as kernels of TensorFlow.js on its cpu
 * backend.
 * @param pulse called between pieces of long work; without it every call is computed in one go.
 * @throws Error when the compiled kernels are missing or the browser lacks WebAssembly SIMD.
 */
export async function createWasmEngine(pulse?: Pulse): Promise<Engine> {
  const module = await loadModule();
  return new WasmEngine(module, pulse);
}

class WasmEngine implements Engine {
  readonly name = 'wasm';
  private machines: { machine: Machine; task: Task }[] = [];
  private scratch: Machine | undefined;

  constructor(
    private readonly module: WebAssembly.Module,
    private readonly pulse?: Pulse,
  ) {}

  async advance(requests: readonly AdvanceRequest[], steps: number): Promise<Chunk[]> {
    const chunks: Chunk[] = [];
    for (const request of requests) {
      const machine = this.machineFor(request.task);
      try {
        chunks.push(await advanceOnTensors(machine, request, steps, this.pulse));
      } catch (error) {
        // What was left in the middle of a step is laid out anew.
        machine.open(trainingJob(request.task));
        throw error;
      }
    }
    return chunks;
  }

  async gradient(request: GradientRequest): Promise<GradientReport> {
    const { network, theta, data, directions, samples } = request;
    const { layout } = network;
    const machine = this.opened(gradientJob(request));
    this.feed(machine, theta, data);
    const room = machine.directions(0);
    if (room.length > 0)
      directions.forEach((direction, k) => {
        room.set(direction, k * machine.placed.task.directionLength);
      });
    if (samples.kind === 'drawn') machine.seed = samples.seed;
    await machine.computeGradient(samples.kind === 'drawn' ? samples.step : 0, this.pulse);
    const { output, gradientFlat, derivatives, directionCount, groups } = machine.placed.task;
    const points = data.factors.reduce((n, factor) => n * factor.rows, 1);
    return {
      loss: machine.exports.loss.value,
      output: machine.floats(output, points).slice(),
      gradient: machine.floats(gradientFlat, layout.size).slice(),
      derivatives: new Float64Array(
        machine.exports.memory.buffer,
        derivatives,
        directionCount * groups,
      ).slice(),
    };
  }

  async outputs(network: Network, theta: Float64Array, data: Dataset): Promise<Float32Array> {
    const machine = this.opened(forwardJob(network, data, false));
    this.feed(machine, theta, data);
    await machine.computeGradient(0, this.pulse);
    const points = data.factors.reduce((n, factor) => n * factor.rows, 1);
    return machine.floats(machine.placed.task.output, points).slice();
  }

  async trace(network: Network, theta: Float64Array, factor: number, data: Dataset): Promise<Trace> {
    const machine = this.opened(forwardJob(network, data, true));
    this.feed(machine, theta, data);
    return readTrace(machine, network, factor, data.factors[factor].rows, this.pulse);
  }

  async prepare(task: Task): Promise<number> {
    try {
      return this.machineFor(task).exports.memory.buffer.byteLength;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      // What the browser refused before reaching the limit: half of it may be had.
      const most = Math.min(LIMIT, Math.ceil(this.bytesOf(task) / 2));
      const drawsAny = drawsDirections(task.specs.method);
      const fitting = whatFits(task, drawsAny, (smaller) => this.bytesOf(smaller) <= most);
      throw new RangeError(`${error.message}${fitting}`);
    }
  }

  /** Memory that training a task takes. */
  private bytesOf(task: Task): number {
    const { exports } = this.reusable(this.scratch);
    const arena = new Arena(exports.heapBase());
    place(trainingJob(task), arena, exports.sampleScratchBytes);
    return arena.bytes;
  }

  release(): void {
    this.machines = [];
    this.scratch = undefined;
  }

  dispose(): void {
    this.release();
  }

  /** θ, no moments, and every row of the data in its place. */
  private feed(machine: Machine, theta: Float64Array, data: Dataset): void {
    const none = new Float32Array(0);
    machine.writeState({ theta, m: none, v: none });
    machine.writeRows(
      0,
      data.factors.map((factor) => Uint32Array.from({ length: factor.rows }, (_, row) => row)),
    );
  }

  /** A machine of that size at most, or a new one. */
  private reusable(machine: Machine | undefined): Machine {
    return machine && machine.exports.memory.buffer.byteLength <= KEPT_BYTES
      ? machine
      : new Machine(this.module);
  }

  /** The machine for single requests, laid out anew for each. */
  private opened(job: Parameters<Machine['open']>[0]): Machine {
    this.scratch = this.reusable(this.scratch);
    this.scratch.open(job);
    return this.scratch;
  }

  private machineFor(task: Task): Machine {
    const index = this.machines.findIndex((entry) => entry.task === task);
    if (index >= 0) {
      const [entry] = this.machines.splice(index, 1);
      this.machines.push(entry);
      return entry.machine;
    }
    const bytes = this.machines.reduce(
      (sum, { machine }) => sum + machine.exports.memory.buffer.byteLength,
      0,
    );
    const full = this.machines.length >= MACHINES || bytes >= ALL_BYTES;
    const machine = this.reusable(full ? this.machines.shift()?.machine : undefined);
    machine.open(trainingJob(task));
    this.machines.push({ machine, task });
    return machine;
  }
}
