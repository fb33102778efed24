import { METHODS, type Method } from '../methods/index.ts';
import { type Config, methodName, usedByMethod } from './config.ts';
import { type StepCost, type Sweeps, stepCost, sweepsOverTime } from './cost.ts';
import type { AdvanceRequest, Engine } from './engine.ts';
import { resolveConfig } from './presets.ts';
import { specsOf } from './specs.ts';
import { countSpikes } from './spike-counts.ts';

/** A method beside others on the network, weights, batch and optimiser of one run. */
export interface MethodBeside {
  /** SG-BP, SG-RFG-L … */
  readonly method: string;
  readonly gradient: Config['gradient'];
  readonly config: Config;
  /** Directions a step; none under BP. */
  readonly K?: number;
  /** What the paper counts for a step, in forward passes; it counts none for WP. */
  readonly paper?: number;
}

/** The same with what a step of it costs. */
export interface CountedMethod extends Omit<MethodBeside, 'config'> {
  readonly cost: StepCost;
  readonly sweeps: Sweeps;
}

const COMPARED: readonly Method[] = METHODS.filter((one: Method) => one.countedBeside);

/**
 * K of the methods that draw directions: the run's own; beside a run that draws none, the one that layer-wise RFG would bring
 * with it there, unless K was set.
 */
export function directionsOf(config: Config): number {
  if (usedByMethod('K', config) || config.K > 1) return config.K;
  const { experiment, recipe } = config;
  return resolveConfig({ experiment, recipe, gradient: 'RFG', scope: 'L' }).K;
}

/** The run's own law, where a method allows it. */
const lawOf = (allows: Method['allows'], { law }: Config) => ({
  law: allows?.law?.includes(law) === false ? ('rademacher' as const) : law,
});

/** BP, RFG-G, RFG-L and WP-G with one direction, as in the paper, and the latter three with the run's K where that is another. */
export function methodsBeside(config: Config): MethodBeside[] {
  const counts = [...new Set([1, directionsOf(config)])];
  return counts.flatMap((K) =>
    COMPARED.filter(({ uses }) => uses.includes('K') || K === 1).map(
      ({ chosenBy, uses, allows, paperPasses }) => {
        const own = {
          ...config,
          scope: 'L',
          ...chosenBy,
          K,
          flipout: false,
          ...lawOf(allows, config),
        } as Config;
        return {
          method: methodName(own),
          gradient: own.gradient,
          config: own,
          ...(uses.includes('K') ? { K } : {}),
          ...(paperPasses === undefined ? {} : { paper: paperPasses }),
        };
      },
    ),
  );
}

/** Counts the step that `request` stands before as a step of another method: same weights, batch, data and optimiser. */
export async function countBeside(
  engine: Engine,
  { task, state }: AdvanceRequest,
  { config, ...method }: MethodBeside,
): Promise<CountedMethod> {
  const specs = specsOf(config);
  const cost = stepCost(specs, await countSpikes(engine, { ...task, specs }, state));
  return { ...method, cost, sweeps: sweepsOverTime(specs) };
}
