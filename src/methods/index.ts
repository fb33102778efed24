import { ann } from './ann.ts';
import { bp } from './bp.ts';
import type { Method } from './method.ts';
import { rf } from './rf.ts';
import { rfgG, rfgL } from './rfg.ts';
import { rfgA } from './rfg-a.ts';
import { rfgGFlipout, rfgLFlipout } from './rfg-flipout.ts';
import { wpG, wpL } from './wp.ts';
import { wpA } from './wp-a.ts';

/** Every method, in the order of lists and tables. */
export const METHODS = [bp, rfgG, rfgL, wpG, wpL, rfgA, wpA, rfgGFlipout, rfgLFlipout, ann, rf] as const;

export type Gradient = (typeof METHODS)[number]['chosenBy']['gradient'];

/** What the setting `gradient` may be. */
export const GRADIENTS = [...new Set(METHODS.map(({ chosenBy }): Gradient => chosenBy.gradient))];

/** Settings that some methods use and others do not. */
export const SETTINGS_OF_METHODS = new Set(METHODS.flatMap(({ uses }: Method) => uses));

export { type Method, methodId } from './method.ts';
