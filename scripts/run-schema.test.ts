import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { EXPERIMENT_NAMES, EXPERIMENTS } from '../src/experiments/table.ts';
import { methodsFor } from '../src/methods/index.ts';
import { FIELD_NAMES, type Pinned } from '../src/training/config.ts';
import { resolveConfig } from '../src/training/presets.ts';
import { formatRun, parseRun } from '../src/training/run-file.ts';
import { specsOf } from '../src/training/specs.ts';
import { RUN_SCHEMA_FILE, runSchema } from './run-schema.ts';

const published = readFileSync(RUN_SCHEMA_FILE, 'utf8');
const accepts = new Ajv({ formats: { base64: true } }).compile(JSON.parse(published));

const configs = EXPERIMENT_NAMES.flatMap((experiment) =>
  methodsFor(EXPERIMENTS[experiment].shape).map(({ chosenBy }) =>
    resolveConfig({ ...chosenBy, experiment } as Pinned),
  ),
);

/** A run file with everything in it. */
function fileOf(config: (typeof configs)[number]): string {
  const { size } = specsOf(config).layout;
  const array = () => new Float64Array(size).fill(1 / 3);
  const changed = resolveConfig({ ...config, rate: 0.5, rateFactors: [1, 2] });
  return formatRun(
    {
      log: [
        { step: 0, config },
        { step: 4, config: changed },
      ],
      state: { theta: array(), m: array(), v: array(), step: 2, momentSteps: 1, seed: config.seed },
      losses: Float64Array.of(0.5, Number.NaN),
      metrics: [{ step: 2, value: 0.25, grid: 'stated', ms: 3.5 }],
    },
    ['for people'],
  );
}

it('the published schema is what the code checks (npm run schemas writes it)', () => {
  expect(published).toBe(runSchema());
  const { $defs } = JSON.parse(published);
  expect(Object.keys($defs.settings.properties)).toEqual(FIELD_NAMES);
});

it.each(configs.map((config) => [config.experiment, config.gradient, config.scope, config] as const))(
  'it accepts what is written: %s, %s, %s',
  (_experiment, _gradient, _scope, config) => {
    const text = fileOf(config);
    expect(parseRun(text)).toBeDefined();
    expect(accepts(JSON.parse(text)), JSON.stringify(accepts.errors)).toBe(true);
  },
);

describe('it refuses what is refused', () => {
  it.each([
    ['format', 'nir'],
    ['version', 2],
    ['version', '1'],
    ['config', undefined],
    ['config', []],
    ['config.K', 99],
    ['config.K', 1.5],
    ['config.K', '8'],
    ['config.rate', -1],
    ['config.batch', []],
    ['config.batch', [2.5]],
    ['config.hidden', [[0]]],
    ['config.gradient', 'SGD'],
    ['config.localLosses', 'true'],
    ['config.zebra', 1],
    ['changes', undefined],
    ['changes.0.step', -1],
    ['changes.0.config.rate', 'fast'],
    ['changes.0.config.zebra', 1],
    ['state', undefined],
    ['state.step', 1.5],
    ['state.seed', null],
    ['state.theta', [1, 2]],
    ['state.m', '%%%'],
    ['losses', 'ä'],
    ['metrics', {}],
    ['metrics.0.value', -1],
    ['metrics.0.grid', 'fine'],
    ['metrics.0.step', '3'],
    ['checksum', 'crc'],
  ])('%s: %j', (path, value) => {
    const { checksum: _, ...file } = JSON.parse(fileOf(resolveConfig({})));
    expect(accepts(file)).toBe(true);
    const keys = path.split('.');
    const last = keys.pop() as string;
    const place = keys.reduce((object, key) => object[key], file);
    if (value === undefined) delete place[last];
    else place[last] = value;
    expect(() => parseRun(JSON.stringify(file))).toThrow();
    expect(accepts(file)).toBe(false);
  });
});
