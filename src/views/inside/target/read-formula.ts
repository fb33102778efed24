import { HAT_GRID, mexicanHat } from '../../../experiments/hat.ts';
import { arriving } from '../../../problems/arriving.ts';
import { type Reading, readNotation, type Tree } from '../../../problems/notation.ts';
import { FormulaError, loadTarget, targetSurface } from '../../../problems/targets.ts';
import { ConfigError } from '../../../settings/fields.ts';
import { checkField } from '../../../training/config.ts';
import type { Field } from '../../figures/canvas/field-image.ts';
import { faultWords, severalWords, spotWords } from './formula-words.ts';
import { sampled } from './sample.ts';

/** What was typed as a formula: it can be used, or can be read in several ways, or there is a fault. */
export interface ReadFormula {
  /** How it was read. */
  readonly tree?: Tree;
  /** As it is kept, with its values on the stated grid, where it can be used. */
  readonly formula?: string;
  readonly field?: Field;
  /** The ways to read it, where there are several, and why. */
  readonly readings?: readonly Reading[];
  readonly words?: string;
  readonly fault?: string;
  /** Where in the text the fault is. */
  readonly place?: { readonly from: number; readonly to: number };
}

/** What was typed as a formula in x and y. Loads the parser. */
export async function readFormula(text: string): Promise<ReadFormula> {
  const { readings, spots, fault } = readNotation(text);
  if (fault) return { fault: faultWords(fault), place: fault };
  if (readings.length > 1) return { readings, words: spotWords(spots) };
  const [{ tree, canonical }] = readings;
  try {
    const formula = checkField('formula', canonical);
    await loadTarget({ target: 'formula' });
    const surface = targetSurface({ target: 'formula', formula, painting: '' }, mexicanHat);
    return { formula, tree, field: sampled(surface, HAT_GRID) };
  } catch (error) {
    if (error instanceof FormulaError) return { fault: error.reason, tree };
    if (error instanceof ConfigError) return { fault: `it may have ${error.allowed}`, tree };
    return { fault: error instanceof Error ? error.message : String(error), tree };
  }
}

/** A formula as it is kept, from what was typed in All settings. @throws Error that says what is wrong */
export function keptFormula(text: string): string {
  const { readings, fault } = readNotation(text);
  if (fault) throw new Error(`formula: ${faultWords(fault)}`);
  if (readings.length === 1) return readings[0].canonical;
  throw new Error(`formula: “${text.slice(0, 40)}” ${severalWords(readings)}`);
}

/** A formula in force as it would have to be typed: with one reading, which is the one in force; as it is where it has none. */
export async function typedForm(formula: string): Promise<string> {
  if (readNotation(formula).readings?.length === 1) return formula;
  try {
    const { explicitFormula } = await arriving(() => import('../../../problems/formula.ts'));
    return readNotation(explicitFormula(formula)).readings?.[0].canonical ?? formula;
  } catch {
    return formula;
  }
}
