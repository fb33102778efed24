import { describe, expect, it } from 'vitest';
import { randomPins } from '../../../tests/support/training.ts';
import { RandomSequence, Stream } from '../../snn/random.ts';
import { type Config, FIELD_NAMES, type Pinned } from '../../training/config.ts';
import { isUsed } from '../../training/paper.ts';
import { resolveConfig } from '../../training/presets.ts';
import { leftBehind, withGradient, withScope } from '../shell/method-change.ts';
import { whyMeaningless } from '../shell/reasons.ts';
import { BAR_FIELDS, fieldGroups } from './field-groups.ts';
import { faultOf, nudged, withField } from './field-input.ts';

describe('the settings panel', () => {
  it('has every field once, beside those of the bar', () => {
    const shown = [...BAR_FIELDS, ...fieldGroups().flatMap((group) => group.fields)];
    expect([...shown].sort()).toEqual([...FIELD_NAMES].sort());
  });
});

describe('input of a field', () => {
  it('is taken over or answered with field, value and what is allowed', () => {
    expect(withField({ gradient: 'RFG' }, 'K', ' 4 ')).toEqual({ gradient: 'RFG', K: 4 });
    expect(faultOf({}, 'K', '33')).toBe('K: “33” is not allowed; allowed: a whole number from 1 to 32');
    expect(faultOf({}, 'init', 'operator')).toMatch(/init.*uniform or data/);
    expect(faultOf({}, 'hidden', '16-16')).toBeUndefined();
  });

  it('goes up and down by one within its bounds, where it is a whole number', () => {
    expect(nudged('K', '8', 1)).toBe('9');
    expect(nudged('K', '32', 1)).toBeUndefined();
    expect(nudged('K', '', 1)).toBeUndefined();
    expect(nudged('rate', '1', 1)).toBeUndefined();
  });
});

describe('reasons', () => {
  it('are given where a setting has no meaning, and only there', () => {
    const bp = resolveConfig({});
    const rfg = resolveConfig({ gradient: 'RFG' });
    const wp = resolveConfig({ gradient: 'WP' });
    expect(whyMeaningless('scope', bp)).toBe('back-propagation draws no direction');
    expect(whyMeaningless('K', bp)).toBe('back-propagation draws no direction');
    expect(whyMeaningless('scope', rfg)).toBeUndefined();
    expect(whyMeaningless('surrogate', wp)).toBe('weight perturbation uses no surrogate');
    expect(whyMeaningless('surrogate', bp)).toBeUndefined();
    const [rf, ann] = [resolveConfig({ gradient: 'RF' }), resolveConfig({ gradient: 'ANN' })];
    expect(whyMeaningless('surrogate', ann)).toMatch(/derivative of their own/);
    expect(whyMeaningless('scope', ann)).toMatch(/draws no direction/);
    expect(whyMeaningless('rate', ann)).toBeUndefined();
    for (const field of ['surrogate', 'scope', 'K', 'rate', 'beta1', 'localLosses'] as const)
      expect(whyMeaningless(field, rf)).toMatch(/^RF /);
    expect(whyMeaningless('sensors', bp)).toMatch(/operator experiments/);
    expect(whyMeaningless('sensors', resolveConfig({ experiment: 'poisson' }))).toBeUndefined();
  });
});

it('settings without a meaning are those that are not compared with the paper’s', () => {
  const random = new RandomSequence(1, Stream.weights, 0);
  let tried = 0;
  while (tried < 150) {
    let config: Config;
    try {
      config = resolveConfig(randomPins(random, 0.3));
    } catch {
      continue; // These fields contradict each other.
    }
    tried++;
    for (const field of FIELD_NAMES)
      expect([field, isUsed(field, config)]).toEqual([field, whyMeaningless(field, config) === undefined]);
  }
});

describe('another gradient or scope', () => {
  const chosen = (pinned: Pinned, change: object) =>
    resolveConfig(JSON.parse(JSON.stringify({ ...pinned, ...change })));
  it('drops what cannot stand beside it and nothing else', () => {
    const A: Pinned = { gradient: 'RFG', scope: 'A', K: 2 };
    expect(chosen(A, withGradient('WP', resolveConfig(A)))).toMatchObject({
      gradient: 'WP',
      scope: 'A',
      K: 2,
    });
    expect(chosen(A, withGradient('BP', resolveConfig(A)))).toMatchObject({ scope: 'A' });
    const G: Pinned = { gradient: 'RFG', scope: 'G', flipout: true, law: 'hadamard' };
    expect(chosen(G, withGradient('WP', resolveConfig(G)))).toMatchObject({ scope: 'G', flipout: false });
    const changed = chosen(G, withScope('A', resolveConfig(G)));
    expect(changed).toMatchObject({ scope: 'A', flipout: false, law: 'rademacher' });
    const undrawn: Pinned = { scope: 'A', flipout: true, law: 'hadamard' };
    expect(chosen(undrawn, withGradient('RFG', resolveConfig(undrawn)))).toMatchObject({
      scope: 'A',
      flipout: false,
      law: 'rademacher',
    });
    expect(chosen(G, withScope('L', resolveConfig(G)))).toMatchObject({ flipout: true, law: 'hadamard' });
  });

  it('says what it drops of what was set, and nothing else', () => {
    const wordsOf = (pinned: Pinned, scope: Config['scope']) => {
      const config = resolveConfig(pinned);
      return leftBehind(withScope(scope, config), pinned, config);
    };
    const G: Pinned = { gradient: 'RFG', scope: 'G', flipout: true, law: 'hadamard' };
    expect(wordsOf(G, 'A')).toBe(
      'Flipout true and Direction law hadamard do not go with SG-RFG-A: they follow the recipe again',
    );
    expect(wordsOf({ gradient: 'RFG', law: 'hadamard' }, 'A')).toBe(
      'Direction law hadamard does not go with SG-RFG-A: it follows the recipe again',
    );
    expect(wordsOf(G, 'L')).toBeUndefined();
    const zero: Pinned = { reset: 'zero' };
    const change = withGradient('ANN', resolveConfig(zero));
    expect(chosen(zero, change)).toMatchObject({ gradient: 'ANN', reset: 'subtract' });
    expect(leftBehind(change, zero, resolveConfig(zero))).toMatch(/^Reset zero does not go with ANN: /);
  });
});
