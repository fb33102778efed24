import { BASELINE_PINS, isBaseline } from '../src/training/baseline-config.ts';
import { type Config, FIELD_NAMES, FIELDS, type Pinned } from '../src/training/config.ts';
import { resolveConfig } from '../src/training/presets.ts';
import type { Request } from './arguments.ts';
import { BASELINE_ENGINE, type NodeEngine } from './engines.ts';
import { parseMethod } from './methods.ts';

/** One run that was asked for. */
export interface PlannedRun {
  readonly method: string;
  /** What was set outright; everything else of `config` follows from it. */
  readonly pins: Pinned;
  readonly config: Config;
  readonly engine: NodeEngine | typeof BASELINE_ENGINE;
}

/** All runs of a request, method by method and seed by seed. @throws ConfigError, UsageError */
export function planRuns(request: Request): PlannedRun[] {
  return request.methods.flatMap((method) =>
    request.seeds.map((seed) => {
      const pins: Pinned = {
        experiment: request.experiment,
        recipe: request.recipe,
        ...(isBaseline(method) ? BASELINE_PINS : parseMethod(method)),
        ...request.set,
        seed,
        ...(request.varyData ? { dataSeed: seed } : {}),
      };
      const engine = isBaseline(method) ? BASELINE_ENGINE : request.engine;
      return { method, pins, config: resolveConfig(pins), engine };
    }),
  );
}

/**
 * Equal for two runs exactly when they must give the same result: the full configuration, the engine and, of a baseline, its
 * name. A field that came after a run was kept has its default in it, which is what the code did before.
 */
export function identityOf(run: {
  readonly method: string;
  readonly config: Config;
  readonly engine: string;
}): string {
  const engine = isBaseline(run.method) ? `${run.engine} ${run.method}` : run.engine;
  return JSON.stringify([engine, ...FIELD_NAMES.map((name) => run.config[name] ?? FIELDS[name].default)]);
}
