import { UsageError } from './faults.ts';

/** One of `of` parts of the runs of a request, counted from 1. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}

const MOST = 10_000;

/** `2/5`. @throws UsageError */
export function parseShard(text: string): Shard {
  const [, part, of] = /^(\d{1,5})\/(\d{1,5})$/.exec(text)?.map(Number) ?? [];
  if (!(part >= 1 && part <= of && of <= MOST))
    throw new UsageError('--shard', text, `part/parts, as 2/5: from 1/5 to 5/5, at most ${MOST} parts`);
  return { part, of };
}

export const formatShard = ({ part, of }: Shard): string => `${part}/${of}`;

/** Runs of a shard: every so-manieth, so that methods that take long are spread over all. */
export function inShard<T>(runs: readonly T[], shard: Shard | undefined): readonly T[] {
  return shard ? runs.filter((_, i) => i % shard.of === shard.part - 1) : runs;
}
