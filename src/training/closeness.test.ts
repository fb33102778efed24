import { describe, expect, it } from 'vitest';
import { closenessToBP, describeCloseness } from './closeness.ts';

const runs = (surrogate: string, errors: readonly (readonly (number | null)[])[]) =>
  errors.flatMap((triple, i) =>
    ['BP', 'RFG-L', 'RFG-G'].map((name, m) => ({
      method: `${surrogate}-${name}`,
      seed: i + 1,
      error: triple[m],
    })),
  );

describe('closenessToBP', () => {
  it('counts the seeds in which layer-wise RFG is nearer to BP than global RFG, on either side', () => {
    const found = closenessToBP(
      runs('SG', [
        [0.1, 0.2, 0.3],
        [0.1, 0.05, 0.2],
        [0.1, 0.4, 0.3],
        [0.1, 0.2, 0.2],
      ]),
    );
    expect(found).toEqual([{ surrogate: 'SG', closer: 2, seeds: 4 }]);
    expect(describeCloseness(found[0])).toBe('SG-RFG-L is closer to SG-BP than SG-RFG-G is in 2 of 4 seeds');
  });

  it('takes a diverged run as infinitely far, and leaves out seeds that lack a run', () => {
    const all = [
      ...runs('SG', [[0.1, 0.2, null]]),
      ...runs('WSG', [
        [0.1, null, 0.2],
        [0.1, 0.2, 0.3],
      ]),
    ];
    expect(closenessToBP(all)).toEqual([
      { surrogate: 'SG', closer: 1, seeds: 1 },
      { surrogate: 'WSG', closer: 1, seeds: 2 },
    ]);
    const known = all.filter(({ method }) => method !== 'SG-RFG-G');
    expect(closenessToBP(known).map(({ surrogate }) => surrogate)).toEqual(['WSG']);
    expect(closenessToBP([])).toEqual([]);
  });
});
