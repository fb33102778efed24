import type { EngineChoice, EngineReport } from '../kernels/choose.ts';
import type { Engine } from '../training/engine.ts';
import type { Pulse } from '../training/pulse.ts';

/** @param pulse called by the engine between pieces of long work. */
export type ChooseEngine = (
  choice: EngineChoice,
  pulse?: Pulse,
) => Promise<{ engine: Engine; report: EngineReport }>;

/** The engine in use: chosen when it is first needed, replaced when another is asked for. */
export class EngineKeeper {
  private engine: Engine | undefined;
  private choosing: Promise<EngineReport> | undefined;

  constructor(
    private readonly choose: ChooseEngine,
    private readonly onChange: (report: EngineReport) => void,
    private readonly pulse?: Pulse,
  ) {}

  /** Starts the engine asked for. @throws Error when none can be started. */
  switchTo(choice: EngineChoice): Promise<EngineReport> {
    this.choosing = this.choose(choice, this.pulse).then(({ engine, report }) => {
      this.engine?.dispose();
      this.engine = engine;
      this.onChange(report);
      return report;
    });
    return this.choosing;
  }

  /** The engine, once there is one. */
  async need(): Promise<Engine> {
    if (!this.engine) await (this.choosing ?? this.switchTo('auto'));
    if (!this.engine) throw new Error('no engine could be started');
    return this.engine;
  }
}
