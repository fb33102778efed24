import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { allowedInstead, ConfigError } from '../../../settings/fields.ts';
import { readNumber } from '../../../settings/read-number.ts';
import { type EnergyFigures, HOROWITZ } from '../../../training/operations.ts';

const MOST_PJ = 1000;

/** Energies of one operation in pJ, as they were set last: the same in every view until the page is left. */
export const energyFigures = createStore<EnergyFigures>(() => HOROWITZ);

export const useEnergyFigures = (): EnergyFigures => useStore(energyFigures);

/** pJ of one operation from what was typed. @throws ConfigError */
export function parseEnergy(name: keyof EnergyFigures, text: string): number {
  const value = readNumber(text);
  if (value !== undefined && value >= 0 && value <= MOST_PJ) return value;
  const bounds = { min: 0, max: MOST_PJ, integer: false };
  const allowed = allowedInstead({ allowed: `0 to ${MOST_PJ} pJ`, bounds }, text);
  throw new ConfigError(`energy of one ${name}`, text.slice(0, 40), allowed);
}
