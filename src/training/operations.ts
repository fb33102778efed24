/** Arithmetic of a computation: additions (and subtractions), multiplications (and divisions and square roots). */
export interface Operations {
  readonly additions: number;
  readonly multiplications: number;
}

export const count = (additions: number, multiplications: number): Operations => ({
  additions,
  multiplications,
});
/** Products that are added up. */
export const dense = (n: number): Operations => count(n, n);
export const adds = (n: number): Operations => count(n, 0);
export const products = (n: number): Operations => count(0, n);
export const NOTHING = count(0, 0);

export const operations = ({ additions, multiplications }: Operations): number => additions + multiplications;

export function sum(...all: readonly Operations[]): Operations {
  let [additions, multiplications] = [0, 0];
  for (const each of all) {
    additions += each.additions;
    multiplications += each.multiplications;
  }
  return count(additions, multiplications);
}

export const times = (n: number, each: Operations): Operations =>
  count(n * each.additions, n * each.multiplications);

/** Energy of one operation in pJ. */
export interface EnergyFigures {
  readonly addition: number;
  readonly multiplication: number;
}

/** float32 in 45 nm at 0.9 V: M. Horowitz, “Computing's energy problem”, ISSCC 2014, figure 1.1.9. Memory is not counted. */
export const HOROWITZ: EnergyFigures = { addition: 0.9, multiplication: 3.7 };

/** Energy in pJ. */
export function energy(cost: Operations, figures: EnergyFigures): number {
  return cost.additions * figures.addition + cost.multiplications * figures.multiplication;
}
