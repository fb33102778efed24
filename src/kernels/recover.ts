import type { Dataset, Network } from '../snn/network.ts';
import type {
  AdvanceRequest,
  Chunk,
  Engine,
  EngineName,
  GradientReport,
  GradientRequest,
  Task,
  Trace,
} from '../training/engine.ts';
import type { ChosenEngine, EngineChoice, EngineReport } from './choose.ts';

/**
 * An engine that outlives its device. Every method of an engine is a pure function of what it is given, so when the device is
 * lost the same call is made again: on a new device once, after that on WebAssembly. No step is lost or done twice. For the same
 * reason another engine that is kept may take its place between any two calls.
 */
export class RecoveringEngine implements Engine {
  private losses = 0;
  private recovery: Promise<void> | undefined;

  /**
   * @param choose makes an engine of the kind asked for, as `chooseEngine` does.
   * @param onReport is told which engine goes on after a loss, and why.
   * @param idle another that works; it is disposed of with this one.
   */
  constructor(
    private current: Engine,
    private readonly choose: (choice: EngineChoice) => Promise<ChosenEngine>,
    private readonly onReport: (report: EngineReport) => void,
    private idle?: Engine,
  ) {}

  get name(): EngineName {
    return this.current.name;
  }

  advance(requests: readonly AdvanceRequest[], steps: number): Promise<Chunk[]> {
    return this.attempt((engine) => engine.advance(requests, steps));
  }

  gradient(request: GradientRequest): Promise<GradientReport> {
    return this.attempt((engine) => engine.gradient(request));
  }

  outputs(network: Network, theta: Float64Array, data: Dataset): Promise<Float32Array | Float64Array> {
    return this.attempt((engine) => engine.outputs(network, theta, data));
  }

  trace(network: Network, theta: Float64Array, factor: number, data: Dataset): Promise<Trace> {
    return this.attempt((engine) => engine.trace(network, theta, factor, data));
  }

  prepare(task: Task): Promise<number | undefined> {
    return this.attempt(async (engine) => engine.prepare?.(task));
  }

  /** The engine that would take this one's place. */
  get other(): EngineName | undefined {
    return this.idle?.name;
  }

  /** The engine that was idle goes on; the other keeps no memory of tasks. */
  swap(): void {
    if (!this.idle) return;
    [this.current, this.idle] = [this.idle, this.current];
    this.idle.release?.();
  }

  dispose(): void {
    this.current.dispose();
    this.idle?.dispose();
  }

  private async attempt<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
    for (;;) {
      const engine = this.current;
      try {
        return await work(engine);
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'DeviceLostError') throw error;
        if (engine === this.current) {
          this.recovery ??= this.recover(error.message).finally(() => {
            this.recovery = undefined;
          });
          await this.recovery;
        }
      }
    }
  }

  private async recover(why: string): Promise<void> {
    this.losses++;
    const dead = this.current;
    const { engine, report } = await this.replacement();
    this.current = engine;
    dead.dispose();
    if (engine.name === this.other) {
      this.idle?.dispose();
      this.idle = undefined;
    }
    const times = this.losses === 1 ? '' : ` ${this.losses} times`;
    const reason = `${engine.name === 'webgpu' ? 'on a new device' : report.reason}: the WebGPU device was lost${times} (${why})`;
    this.onReport({ ...report, reason });
  }

  private async replacement(): Promise<ChosenEngine> {
    if (this.losses > 1) return this.choose('wasm');
    try {
      return await this.choose('webgpu');
    } catch {
      return this.choose('wasm');
    }
  }
}
