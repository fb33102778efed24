import { arriving } from '../../../problems/arriving.ts';
import { readNotation } from '../../../problems/notation.ts';
import type { FormulaWords } from '../../../state/app-state.ts';
import { faultWords, severalWords } from './formula-words.ts';

/** What is said of a formula that nobody typed here: it came with a link or a file. */
export async function linkFormulaWords(formula: string): Promise<FormulaWords> {
  const { explicitFormula } = await arriving(() => import('../../../problems/formula.ts'));
  const { readings, fault } = readNotation(formula);
  let meant: string;
  try {
    meant = explicitFormula(formula);
  } catch {
    if (fault) return { fault: `formula: “${formula}” cannot be used: ${faultWords(fault)}` };
    return { fault: `formula: “${formula}” ${severalWords(readings)}` };
  }
  if (fault || readings.length === 1) return {};
  const read = readNotation(meant).readings?.[0].canonical ?? meant;
  return { reading: `formula: “${formula}” can be read in several ways; here it is read as ${read}` };
}
