import { describe, expect, it } from 'vitest';
import { kindOf, randomValue } from '../../tests/support/training.ts';
import { ConfigError, type Field } from '../settings/fields.ts';
import { RandomSequence, Stream } from '../snn/random.ts';
import {
  type Config,
  checkConfig,
  checkField,
  FACTOR_COUNT,
  FIELD_NAMES,
  FIELDS,
  type FieldName,
  formatField,
  methodName,
  parseField,
} from './config.ts';
import { resolveConfig } from './presets.ts';

const fieldOf = (name: FieldName) => FIELDS[name] as Field<unknown>;

function errorOf(run: () => unknown): ConfigError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return error as ConfigError;
  }
  throw new Error('nothing was thrown');
}

/** Numbers just outside of the bounds and what is no number at all. */
function wrongNumbers(name: FieldName): unknown[] {
  const { min, max, integer } = fieldOf(name).bounds!;
  const off = (value: number, sign: number) =>
    integer ? value + sign : value + sign * 1e-9 * Math.max(Math.abs(value), min || 1);
  const wrong = [off(min, -1), off(max, 1), Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return [...wrong, ...(integer ? [min + 0.5, min + 1e-9] : []), '1', '', null, undefined, true, {}, 10n];
}

/** Values that a field must refuse. */
function wrongValues(name: FieldName): unknown[] {
  switch (kindOf(name)) {
    case 'number':
      return [...wrongNumbers(name), [1], []];
    case 'list': {
      const { min } = fieldOf(name).bounds!;
      return [
        [],
        min,
        [[min]],
        Array(28).fill(min),
        'x',
        null,
        undefined,
        {},
        ...wrongNumbers(name).map((wrong) => [min, wrong]),
      ];
    }
    case 'widths': {
      const single = [0, 513, 1.5, -1, Number.NaN, Number.POSITIVE_INFINITY, '16', null, [16]].map(
        (width) => [[16, width]],
      );
      return [
        [],
        [[]],
        [[16], []],
        [16],
        16,
        '16',
        null,
        undefined,
        {},
        [[16], [16], [16], [16]],
        [[16, 16, 16, 16, 16]],
        ...single,
      ];
    }
    case 'text':
      return ['a'.repeat(1000), 'a\nb', '\u0000', 3, null, undefined, ['a'], true];
    default:
      return ['', 'nothing', 'TRUE', ' hat', 'toString', 0, 1, null, undefined, [], ['hat'], {}, Number.NaN];
  }
}

describe('checkField', () => {
  for (const name of FIELD_NAMES) {
    it(`${name}: refuses what is out of bounds, naming field, value and what is allowed`, () => {
      for (const value of wrongValues(name)) {
        const error = errorOf(() => checkField(name, value));
        expect([error.field, error.allowed]).toEqual([name, FIELDS[name].allowed]);
        expect(error.value).toBe(value);
        expect(error.message.startsWith(`${name}: `)).toBe(true);
        expect(error.message).toContain(FIELDS[name].allowed);
      }
    });
  }

  it('accepts the default and both bounds of every field', () => {
    for (const name of FIELD_NAMES) {
      const { default: value, bounds, choices } = fieldOf(name);
      const list = bounds
        ? [bounds.min, bounds.max].map((n) => (kindOf(name) === 'list' ? [n] : n))
        : (choices ?? []);
      for (const good of [value, ...list]) expect(checkField(name, good)).toEqual(good);
    }
    expect(checkField('hidden', [[1, 512, 1, 512]])).toEqual([[1, 512, 1, 512]]);
    expect(checkField('scales', Array(27).fill(1))).toHaveLength(27);
  });

  it('has the bounds that were agreed', () => {
    const bounds = (name: FieldName) => [fieldOf(name).bounds!.min, fieldOf(name).bounds!.max];
    expect(bounds('K')).toEqual([1, 32]);
    expect(bounds('T')).toEqual([1, 256]);
    expect(bounds('batch')).toEqual([1, 8192]);
    expect(bounds('leak')).toEqual([0, 1]);
    expect(bounds('seed')).toEqual([0, 2 ** 32 - 1]);
  });

  it('has the defaults of the method: IF neurons, ϑ = 1, T = 32, SG, i.i.d. ±1', () => {
    const config = resolveConfig({});
    expect([config.leak, config.threshold, config.T, config.surrogate, config.law]).toEqual([
      1,
      1,
      32,
      'SG',
      'rademacher',
    ]);
    expect([config.beta1, config.beta2, config.epsilon]).toEqual([0.9, 0.999, 0.01]);
  });

  it('refuses names that are no fields', () => {
    for (const name of ['nothing', 'toString', '__proto__', '']) {
      expect(errorOf(() => checkField(name as FieldName, 1)).field).toBe(name);
      expect(errorOf(() => parseField(name, '1')).message).toContain('experiment, recipe');
      expect(errorOf(() => resolveConfig(JSON.parse(`{"${name}": 1}`))).field).toBe(name);
    }
  });
});

describe('parseField and formatField', () => {
  for (const name of FIELD_NAMES) {
    it(`${name}: reads what it writes`, () => {
      const random = new RandomSequence(5, Stream.data, 0, FIELD_NAMES.indexOf(name));
      const { bounds } = fieldOf(name);
      const edges = bounds && kindOf(name) === 'number' ? [bounds.min, bounds.max] : [];
      const values = [
        fieldOf(name).default,
        ...edges,
        ...Array.from({ length: 60 }, () => randomValue(name, random)),
      ];
      for (const value of values) {
        const written = formatField(name, value as never);
        expect(typeof written).toBe('string');
        expect(parseField(name, written)).toEqual({ [name]: value });
      }
    });

    it(`${name}: refuses other text`, () => {
      const wrong = {
        choice: ['', 'nothing', '1', 'toString', 'true '],
        number: ['', 'x', 'NaN', 'Infinity', '-Infinity', '1e999', '0x10', '1/2', '1,5,0', '-1e9'],
        list: ['', '/', '1/', '/1', '1/x', 'NaN', '1-2', '1e999', Array(28).fill('1').join('/'), '-1'],
        widths: ['', '-', '/', '16-', '16--16', '0', '513', '1.5', '16/16/16/16', '1-1-1-1-1', '-16', 'x'],
        text: ['a'.repeat(1000), 'a\tb'],
      }[kindOf(name)];
      for (const written of wrong) {
        const error = errorOf(() => parseField(name, written));
        expect([error.field, error.value, error.allowed]).toEqual([name, written, FIELDS[name].allowed]);
      }
    });
  }
});

describe('checkConfig', () => {
  const poisson = resolveConfig({ experiment: 'poisson' });
  const hat = resolveConfig({});
  const refused = (config: Config, field: FieldName) => {
    const error = errorOf(() => checkConfig(config));
    expect(error.field).toBe(field);
    expect(error.message).toContain(field);
  };

  it('returns what it is given', () => {
    expect(checkConfig(poisson)).toBe(poisson);
  });

  it('checks every field', () => {
    for (const name of FIELD_NAMES) refused({ ...hat, [name]: Symbol('wrong') }, name);
    const { K, ...without } = hat;
    expect(K).toBeGreaterThan(0);
    refused(without as Config, 'K');
  });

  it('wants widths and batch once or for each factor', () => {
    refused({ ...hat, hidden: [[8], [8]] }, 'hidden');
    refused({ ...hat, batch: [8, 8] }, 'batch');
    refused({ ...poisson, hidden: [[8], [8], [8]] }, 'hidden');
    refused({ ...poisson, batch: [8, 8, 8] }, 'batch');
    checkConfig({ ...poisson, hidden: [[8], [8, 8]], batch: [8] });
    expect(FACTOR_COUNT).toMatchObject({ hat: 1, poisson: 2, 'reaction-diffusion': 3 });
  });

  it('limits the points of a batch on the tensor product', () => {
    checkConfig({ ...poisson, batch: [1024] });
    refused({ ...poisson, batch: [1024, 1025] }, 'batch');
    refused({ ...resolveConfig({ experiment: 'reaction-diffusion' }), batch: [102] }, 'batch');
  });

  it('wants initial weights that fit the experiment', () => {
    refused({ ...hat, init: 'operator' }, 'init');
    refused({ ...poisson, init: 'data' }, 'init');
    checkConfig({ ...hat, init: 'uniform' });
    checkConfig({ ...poisson, init: 'uniform' });
  });

  it('wants the reset that the rate network stands for', () => {
    const ANN: Config = { ...hat, gradient: 'ANN' };
    checkConfig(ANN);
    const { message } = errorOf(() => checkConfig({ ...ANN, reset: 'zero' }));
    expect(message).toBe('reset: “zero” is not allowed; allowed: subtract under ANN');
    checkConfig({ ...hat, reset: 'zero' });
  });

  it('wants what each row perturbs by itself to mean something', () => {
    const A: Config = { ...hat, gradient: 'RFG', scope: 'A' };
    checkConfig({ ...A, localLosses: true });
    checkConfig({ ...A, law: 'gaussian' });
    refused({ ...A, law: 'hadamard' }, 'law');
    refused({ ...A, flipout: true }, 'flipout');
    for (const law of ['hadamard', 'mean'] as const) checkConfig({ ...A, gradient: 'WP', law });
    for (const scope of ['G', 'L'] as const) {
      refused({ ...A, scope, law: 'mean' }, 'law');
      refused({ ...A, gradient: 'WP', scope, law: 'mean' }, 'law');
    }
    refused({ ...A, gradient: 'WP', flipout: true }, 'flipout');
    checkConfig({ ...A, gradient: 'WP', localLosses: true });
    refused({ ...hat, gradient: 'WP', flipout: true }, 'flipout');
    for (const scope of ['G', 'L'] as const)
      checkConfig({ ...A, scope, flipout: true, law: 'hadamard', localLosses: true });
    // BP draws nothing: whatever is pinned for RFG may stay.
    checkConfig({ ...hat, scope: 'A', flipout: true, law: 'hadamard' });
  });
});

describe('methodName', () => {
  it('joins surrogate, gradient, scope and local losses where they have a meaning', () => {
    const name = (
      surrogate: Config['surrogate'],
      gradient: Config['gradient'],
      scope: Config['scope'],
      localLosses = false,
    ) => methodName({ surrogate, gradient, scope, localLosses });
    expect(name('SG', 'BP', 'G')).toBe('SG-BP');
    expect(name('SG', 'BP', 'L')).toBe('SG-BP');
    expect(name('WSG', 'BP', 'L', true)).toBe('WSG-BP-LL');
    expect(name('SG', 'RFG', 'G')).toBe('SG-RFG-G');
    expect(name('WSG', 'RFG', 'L')).toBe('WSG-RFG-L');
    expect(name('SG', 'RFG', 'L', true)).toBe('SG-RFG-L-LL');
    expect(name('SG', 'RFG', 'A')).toBe('SG-RFG-A');
    expect(name('WSG', 'RFG', 'A', true)).toBe('WSG-RFG-A-LL');
    expect(name('WSG', 'WP', 'G')).toBe('WP-G');
    expect(name('SG', 'WP', 'L', true)).toBe('WP-L-LL');
    const flipout = { surrogate: 'SG', scope: 'G', localLosses: true, flipout: true } as const;
    expect(methodName({ ...flipout, gradient: 'RFG' })).toBe('SG-RFG-G-flipout-LL');
    expect(methodName({ ...flipout, gradient: 'BP' })).toBe('SG-BP-LL');
    expect(name('WSG', 'RF', 'G', true)).toBe('RF');
    expect(name('WSG', 'ANN', 'L', true)).toBe('ANN-LL');
  });
});
