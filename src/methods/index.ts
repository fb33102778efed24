import type { Shape } from '../experiments/experiment.ts';
import type { Scope } from '../settings/table.ts';
import { ann } from './ann.ts';
import { bp } from './bp.ts';
import type { Method } from './method.ts';
import { rf } from './rf.ts';
import { rfgG, rfgL } from './rfg.ts';
import { rfgA } from './rfg-a.ts';
import { rfgGFlipout, rfgLFlipout } from './rfg-flipout.ts';
import { sSwim } from './s-swim.ts';
import { wpG, wpL } from './wp.ts';
import { wpA } from './wp-a.ts';

/** Every method, in the order of lists and tables. */
export const METHODS = [
  bp,
  rfgG,
  rfgL,
  wpG,
  wpL,
  rfgA,
  wpA,
  rfgGFlipout,
  rfgLFlipout,
  ann,
  rf,
  sSwim,
] as const;

export type Gradient = (typeof METHODS)[number]['chosenBy']['gradient'];

/** What the setting `gradient` may be. */
export const GRADIENTS = [...new Set(METHODS.map(({ chosenBy }): Gradient => chosenBy.gradient))];

/** Settings that some methods use and others do not. */
export const SETTINGS_OF_METHODS = new Set(METHODS.flatMap(({ uses }: Method) => uses));

/** The settings that choose a method, in the order in which they narrow the choice down. */
export const CHOOSING = ['gradient', 'scope', 'flipout'] as const;

export interface Choice {
  readonly gradient: Gradient;
  readonly scope?: Scope;
  readonly flipout?: boolean;
}

/** The record of the method that a configuration trains with. A choice that no method has is passed over: `checkConfig` refuses it. */
export function methodOf(config: Choice): Method {
  return CHOOSING.reduce(
    (fitting, field) => {
      const left = thoseWith(fitting, field, config);
      return left.length > 0 ? left : fitting;
    },
    METHODS as readonly Method[],
  )[0];
}

export const thoseWith = (
  methods: readonly Method[],
  field: (typeof CHOOSING)[number],
  config: Choice,
): Method[] =>
  methods.filter(({ chosenBy }) => {
    const value = chosenBy[field];
    return value === undefined || value === (config[field] ?? false);
  });

/** Methods of an experiment with answers of that shape, and what `gradient` may be there. */
export const methodsFor = (shape: Shape) =>
  METHODS.filter(({ shapes }: Method) => shapes?.includes(shape) ?? true);
export const gradientsFor = (shape: Shape): Gradient[] => [
  ...new Set(methodsFor(shape).map(({ chosenBy }): Gradient => chosenBy.gradient)),
];

export { type Method, methodId } from './method.ts';
