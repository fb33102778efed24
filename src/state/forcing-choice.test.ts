import { describe, expect, it } from 'vitest';
import { CONTROL_POINTS, type ForcingChoice, formatForcing, parseForcing } from './forcing-choice.ts';
import { formatHash, parseHash } from './url.ts';

const drawn: ForcingChoice = { kind: 'drawn', points: [0, 0.5, -1.25, 3, -3, 0.001, 0, 0, 1] };

describe('forcings in links', () => {
  it('read back', () => {
    for (const choice of [drawn, { kind: 'test', index: 41 } as const])
      expect(parseForcing(formatForcing(choice))).toEqual(choice);
    expect(formatForcing({ kind: 'test', index: 0 })).toBe('');
  });
  it('are part of the hash', () => {
    const { presentation } = parseHash('');
    const hash = formatHash({ experiment: 'poisson' }, undefined, {
      presentation: { ...presentation, forcing: drawn },
    });
    expect(hash).toBe('#experiment=poisson&forcing=0/0.5/-1.25/3/-3/0.001/0/0/1');
    expect(parseHash(hash).presentation.forcing).toEqual(drawn);
  });
  it('that cannot be used are named', () => {
    for (const text of [
      '0',
      'x',
      '1/2',
      '4/0/0/0/0/0/0/0/0',
      `${'0/'.repeat(CONTROL_POINTS)}NaN`,
      '-1',
      '',
    ]) {
      expect(() => parseForcing(text)).toThrow(
        /forcing: .* is not allowed; allowed: the number of a test function/,
      );
    }
    expect(parseHash('#forcing=1/2&K=2').faults).toHaveLength(1);
  });
});
