import { MAX_SEED } from '../src/snn/random.ts';
import { UsageError } from './faults.ts';

const MOST = 1000;

/** `1..5`, `3,7` or both mixed; in the order written, each seed once. @throws UsageError */
export function parseSeeds(text: string): number[] {
  const allowed = `seeds from 0 to ${MAX_SEED}, as 1..5 or 3,7, at most ${MOST}`;
  const seeds = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^\s*(\d+)(?:\.\.(\d+))?\s*$/.exec(part);
    const first = Number(match?.[1]);
    const last = Number(match?.[2] ?? match?.[1]);
    if (!match || last > MAX_SEED || first > last || last - first >= MOST)
      throw new UsageError('--seeds', text, allowed);
    for (let seed = first; seed <= last; seed++) seeds.add(seed);
  }
  if (seeds.size > MOST) throw new UsageError('--seeds', text, allowed);
  return [...seeds];
}
