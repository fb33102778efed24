import { describe, expect, it } from 'vitest';
import { randomPins } from '../../../tests/support/training.ts';
import { RandomSequence, Stream } from '../../snn/random.ts';
import { inheritedBy, laneConfig } from '../../state/comparison.ts';
import {
  type Config,
  FIELD_NAMES,
  FIELDS,
  isUsed,
  type Pinned,
  refusedValues,
} from '../../training/config.ts';
import { resolveConfig } from '../../training/presets.ts';
import { type MethodChoice, type SetAside, withMethod } from '../shell/method-change.ts';
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
  const without = (pins: object): Pinned => JSON.parse(JSON.stringify(pins));
  /** The run after it, and what is said of it. */
  const chosen = (own: Pinned, choice: MethodChoice, aside?: SetAside) => {
    const changed = withMethod(choice, { own, config: resolveConfig(own), aside });
    const pinned = without({ ...own, ...changed.change });
    return { ...changed, pinned, config: resolveConfig(pinned) };
  };
  const G: Pinned = { gradient: 'RFG', scope: 'G', flipout: true, law: 'hadamard' };

  it('drops what cannot stand beside it and nothing else', () => {
    const A: Pinned = { gradient: 'RFG', scope: 'A', K: 2 };
    expect(chosen(A, { gradient: 'WP' }).config).toMatchObject({ gradient: 'WP', scope: 'A', K: 2 });
    expect(chosen(A, { gradient: 'BP' }).config).toMatchObject({ scope: 'A' });
    expect(chosen(G, { gradient: 'WP' }).config).toMatchObject({ scope: 'G', flipout: false });
    const dropped = { scope: 'A', flipout: false, law: 'mean' };
    expect(chosen(G, { scope: 'A' }).config).toMatchObject(dropped);
    const undrawn: Pinned = { scope: 'A', flipout: true, law: 'hadamard' };
    expect(chosen(undrawn, { gradient: 'RFG' }).config).toMatchObject(dropped);
    expect(chosen(G, { scope: 'L' }).config).toMatchObject({ flipout: true, law: 'hadamard' });
  });

  it('says what it drops of what was set, and nothing else', () => {
    expect(chosen(G, { scope: 'A' }).words).toBe(
      'Flipout true and Direction law hadamard do not go with SG-RFG-A: they follow the recipe until a method is chosen that they go with',
    );
    expect(chosen({ gradient: 'RFG', law: 'hadamard' }, { scope: 'A' }).words).toBe(
      'Direction law hadamard does not go with SG-RFG-A: it follows the recipe until a method is chosen that it goes with',
    );
    expect(chosen(G, { scope: 'L' }).words).toBe('');
    const { config, words } = chosen({ reset: 'zero' }, { gradient: 'ANN' });
    expect(config).toMatchObject({ gradient: 'ANN', reset: 'subtract' });
    expect(words).toMatch(/^Reset zero does not go with ANN: /);
  });

  it('brings back what it dropped with the first method that it goes with', () => {
    const A = chosen(G, { scope: 'A' });
    const back = chosen(A.pinned, { scope: 'L' }, A.aside);
    expect(back.config).toMatchObject({ scope: 'L', flipout: true, law: 'hadamard' });
    expect(back.words).toBe('Flipout true and Direction law hadamard are set again');
    // By way of others, one after the other.
    const WP = chosen(A.pinned, { gradient: 'WP' }, A.aside);
    expect(WP.words).toBe('Direction law hadamard is set again');
    const L = chosen(WP.pinned, { scope: 'L' }, WP.aside);
    expect(L.config).toMatchObject({ gradient: 'WP', scope: 'L', flipout: false, law: 'hadamard' });
    expect(chosen(L.pinned, { gradient: 'RFG' }, L.aside).pinned).toEqual({ ...G, scope: 'L' });
    // Not what was set to something else meanwhile, nor into a run that came to its method otherwise.
    const other = chosen({ ...A.pinned, law: 'gaussian' }, { scope: 'L' }, A.aside);
    expect(other.config).toMatchObject({ flipout: true, law: 'gaussian' });
    const elsewhere: Pinned = { experiment: 'poisson', gradient: 'RFG', scope: 'A' };
    expect(chosen(elsewhere, { scope: 'L' }, A.aside).pinned).toEqual({ ...elsewhere, scope: 'L' });
  });

  it('of a lane keeps to what the page sets, as far as it goes with it', () => {
    const laneAfter = (own: Pinned, choice: MethodChoice, aside?: SetAside) => {
      const shared = inheritedBy(G, own);
      const changed = withMethod(choice, { own, shared, config: laneConfig(G, own), aside });
      const difference = without({ ...own, ...changed.change });
      return { ...changed, difference, config: laneConfig(G, difference) };
    };
    const A = laneAfter({}, { scope: 'A' });
    expect(A.difference).toEqual({ scope: 'A', flipout: false, law: 'rademacher' });
    expect(A.words).toMatch(/^Flipout true and Direction law hadamard do not go with SG-RFG-A/);
    const L = laneAfter(A.difference, { scope: 'L' }, A.aside);
    expect(L.difference).toEqual({ scope: 'L' });
    expect(L.config).toMatchObject({ flipout: true, law: 'hadamard' });
    const own = laneAfter({ law: 'gaussian', scope: 'L' }, { gradient: 'WP' });
    expect(own.difference).toEqual({ law: 'gaussian', scope: 'L', gradient: 'WP', flipout: false });
    expect(laneAfter(own.difference, { gradient: 'RFG' }, own.aside).difference).toEqual({
      law: 'gaussian',
      scope: 'L',
      gradient: 'RFG',
    });
  });
});

it('values that method or experiment refuse are known before they are chosen', () => {
  const refused = (pins: Pinned) => refusedValues('law', resolveConfig(pins));
  expect(refused({ gradient: 'RFG', scope: 'L' })).toEqual(['mean']);
  expect(refused({ gradient: 'RFG', scope: 'A' })).toEqual(['hadamard']);
  expect(refused({ gradient: 'WP', scope: 'A' })).toEqual([]);
  for (const pins of [{}, { experiment: 'poisson' }, { gradient: 'RF' }] as Pinned[])
    for (const field of FIELD_NAMES) {
      const out = refusedValues(field, resolveConfig(pins));
      for (const choice of FIELDS[field].choices ?? [])
        expect([field, choice, faultOf(pins, field, String(choice)) !== undefined]).toEqual([
          field,
          choice,
          out.includes(choice),
        ]);
    }
});

it('the number of directions has no meaning where the mean over all of them is taken', () => {
  const why = (pins: Pinned) => whyMeaningless('K', resolveConfig({ gradient: 'WP', scope: 'A', ...pins }));
  expect(why({ experiment: 'poisson' })).toBe('the mean over all signs is taken: none is drawn');
  expect(why({ experiment: 'poisson', law: 'rademacher' })).toBeUndefined();
  expect(why({ experiment: 'poisson', hidden: [[16, 16]] })).toBeUndefined();
  expect(why({})).toBeUndefined();
});
