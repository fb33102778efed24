import type { DecimalSign } from '../../io/csv.ts';
import { stored } from '../../io/storage.ts';

/** Where browsers keep how numbers are written into files. */
export const DECIMAL_KEY = 'spiking-playground.decimal';

export const decimalSign = (): DecimalSign => (stored(DECIMAL_KEY) === 'comma' ? 'comma' : 'point');
