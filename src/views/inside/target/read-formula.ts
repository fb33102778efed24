import { HAT_GRID, mexicanHat } from '../../../problems/hat.ts';
import { FormulaError, loadTarget, targetSurface } from '../../../problems/targets.ts';
import { ConfigError } from '../../../settings/fields.ts';
import { checkField } from '../../../training/config.ts';
import type { Field } from '../../figures/canvas/field-image.ts';
import { sampled } from './sample.ts';

export type ReadFormula =
  | { readonly field: Field; readonly fault?: undefined }
  | { readonly field?: undefined; readonly fault: string };

/** The function that a formula says on the stated grid, or what is wrong with it. Loads the parser. */
export async function readFormula(text: string): Promise<ReadFormula> {
  try {
    const formula = checkField('formula', text);
    await loadTarget({ target: 'formula' });
    return {
      field: sampled(targetSurface({ target: 'formula', formula, painting: '' }, mexicanHat), HAT_GRID),
    };
  } catch (error) {
    if (error instanceof FormulaError) return { fault: error.reason };
    if (error instanceof ConfigError) return { fault: `it may have ${error.allowed}` };
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
