import type { EngineChoice, EngineReport } from '../kernels/choose.ts';
import { arriving } from '../problems/arriving.ts';
import type { Engine, EngineName } from '../training/engine.ts';
import type { Pulse } from '../training/pulse.ts';
import type { Specs } from '../training/specs.ts';

/** An engine that another can stand in for, between any two calls. */
export interface Swapped {
  /** The one that would. */
  readonly other: EngineName | undefined;
  swap(): void;
}

interface Kept {
  readonly engine: Engine;
  readonly report: EngineReport;
  readonly swapped?: Swapped;
}

/** @param pulse called by the engine between pieces of long work. */
export type ChooseEngine = (choice: EngineChoice, pulse?: Pulse) => Promise<Kept>;

/** The engine in use: chosen when it is first needed, replaced when another is asked for or suits a task better. */
export class EngineKeeper {
  private kept: Kept | undefined;
  private choosing: Promise<EngineReport> | undefined;

  constructor(
    private readonly choose: ChooseEngine,
    /** @param another whether it is about another engine. */
    private readonly onChange: (report: EngineReport, another: boolean) => void,
    private readonly pulse?: Pulse,
  ) {}

  /** Starts the engine asked for. @throws Error when none can be started. */
  switchTo(choice: EngineChoice): Promise<EngineReport> {
    this.choosing = this.choose(choice, this.pulse).then((kept) => {
      this.kept?.engine.dispose();
      this.kept = kept;
      this.onChange(kept.report, true);
      return kept.report;
    });
    return this.choosing;
  }

  /** The engine, once there is one. */
  async need(): Promise<Engine> {
    if (!this.kept) await (this.choosing ?? this.switchTo('auto'));
    if (!this.kept) throw new Error('no engine could be started');
    return this.kept.engine;
  }

  /** Of two engines that work, the one that is predicted to be the quicker at these runs computes from here on. */
  async suit(runs: () => readonly Specs[], threads = 1): Promise<void> {
    const { kept } = this;
    if (!kept?.swapped?.other) return;
    // Where what predicts does not arrive, the engine stays.
    const prediction = await arriving(() => import('./lane-cost.ts')).catch(() => undefined);
    const report = prediction?.reportFor(kept.report, runs(), threads);
    if (!report || kept !== this.kept) return;
    const another = report.engine !== kept.engine.name;
    if (another) kept.swapped.swap();
    else if (report.reason === kept.report.reason) return;
    this.kept = { ...kept, report };
    this.onChange(report, another);
  }
}
