import { crc32 as nodeCrc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { resolveConfig } from './presets.ts';
import { checkRun, formatRun, parseRun, readRun } from './run-file.ts';
import type { SavedRun } from './saved-run.ts';
import { specsOf } from './specs.ts';

const base = { T: 4, hidden: [[3]], seed: 5 } as const;
const { size } = specsOf(resolveConfig(base)).layout;
const array = (scale: number) => Float64Array.from({ length: size }, (_, i) => scale * Math.sin(i + 1));
const saved: SavedRun = {
  log: [
    { step: 0, config: resolveConfig(base) },
    { step: 2, config: resolveConfig({ ...base, gradient: 'RFG', sigma: 0.1 + 0.2 }) },
    { step: 9, config: resolveConfig({ ...base, localLosses: true }) },
  ],
  state: { theta: array(1), m: array(1e-300), v: array(Math.PI), step: 3, momentSteps: 1, seed: 5 },
  losses: Float64Array.of(0.3, Number.NaN, 0.1),
  metrics: [
    { step: 0, value: 1.25, grid: 'coarse' },
    { step: 3, value: 0.1 + 0.2, grid: 'coarse', ms: 12.5 },
    { step: 3, value: 0.31, grid: 'stated', ms: 12.5 },
  ],
};

/** The file, written without a checksum, with something else at a dotted path. */
function withValue(path: string, value: unknown): string {
  const { checksum: _, ...file } = JSON.parse(formatRun(saved));
  const keys = path.split('.');
  const last = keys.pop() as string;
  const place = keys.reduce((object, key) => object[key], file);
  if (value === undefined) delete place[last];
  else place[last] = value;
  return JSON.stringify(file);
}

describe('run files', () => {
  it('read back to the last bit', () => {
    expect(parseRun(formatRun(saved))).toEqual(saved);
  });

  it('say for people what they are', () => {
    const text = formatRun(saved, ['SG-BP, then SG-RFG-L since step 2', 'https://a.org/#T=4']);
    expect(JSON.parse(text).about).toEqual(['SG-BP, then SG-RFG-L since step 2', 'https://a.org/#T=4']);
    expect(readRun(text)).toEqual({
      run: saved,
      about: ['SG-BP, then SG-RFG-L since step 2', 'https://a.org/#T=4'],
    });
  });

  it('carry a checksum that others can compute: CRC-32 of the canonical JSON without it', () => {
    const { checksum, ...content } = JSON.parse(formatRun(saved, ['π, “quoted”']));
    const canonical = (item: unknown): string => {
      if (Array.isArray(item)) return `[${item.map(canonical).join(',')}]`;
      if (typeof item !== 'object' || item === null) return JSON.stringify(item);
      const names = Object.keys(item).sort();
      return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(item[name as never])}`).join(',')}}`;
    };
    expect(checksum).toMatch(/^[0-9a-f]{8}$/);
    expect(Number.parseInt(checksum, 16)).toBe(nodeCrc32(canonical(content)));
  });

  it('may be formatted anew, with names in another order', () => {
    const { state, ...others } = JSON.parse(formatRun(saved));
    expect(parseRun(JSON.stringify({ state, ...others }, null, 4))).toEqual(saved);
  });

  it('that were damaged are refused by their checksum; without one they are opened', () => {
    const text = formatRun(saved);
    const damaged = text.replace('"value": 1.25', '"value": 1.35');
    expect(() => parseRun(damaged)).toThrow(
      /^checksum: “[0-9a-f]{8}” is not allowed; allowed: “[0-9a-f]{8}”, .*damaged/,
    );
    const opened = parseRun(damaged.replace(/,\s*"checksum": "\w+"/, ''));
    expect(opened.metrics?.[0].value).toBe(1.35);
    for (let at = text.indexOf('"theta"') + 10; at < text.length - 2; at += 37) {
      if (!/[0-9A-Za-z]/.test(text[at])) continue;
      const other = text[at] === '1' ? '2' : '1';
      expect(() => parseRun(text.slice(0, at) + other + text.slice(at + 1)), `at ${at}`).toThrow();
    }
  });

  it('keep the error curve, and a file without one is read as before', () => {
    expect(parseRun(formatRun(saved)).metrics).toEqual(saved.metrics);
    expect(parseRun(withValue('metrics', undefined)).metrics).toBeUndefined();
  });

  it('keep a run whose first losses are not known', () => {
    const { losses } = parseRun(formatRun({ ...saved, losses: Float64Array.of(Number.NaN, 0.2, 0.1) }));
    expect([...losses]).toEqual([Number.NaN, 0.2, 0.1]);
  });

  it('may leave out the losses and fields that have their defaults', () => {
    expect(parseRun(withValue('losses', undefined)).losses).toHaveLength(0);
    const { log } = parseRun(withValue('config.rate', undefined));
    expect(log[0].config.rate).toBe(0.02);
  });

  it.each([
    ['checksum', '00000000', /checksum: “00000000” is not allowed; allowed: “[0-9a-f]{8}”/],
    ['checksum', 7, /checksum: 7 is not allowed/],
    ['format', 'nir', /format: “nir” is not allowed; allowed: "spiking-playground-run"/],
    ['version', 2, /version: 2 is not allowed; allowed: 1/],
    ['state', undefined, /state: .*allowed: /],
    ['state.step', -1, /state\.step: -1 is not allowed; allowed: a whole number from 0 to/],
    ['state.theta', 'AAAA', /state\.theta: “3 bytes” is not allowed; allowed: base64 of \d+ finite float64/],
    ['metrics.1.step', 4, /metrics\.1\.step: 4 is not allowed; allowed: 0 to state\.step, 3/],
    ['metrics.2.step', 1, /metrics\.2\.step: 1 is not allowed; allowed: 3 to state\.step, 3/],
    ['metrics.0.value', -1, /metrics\.0\.value: -1 is not allowed; allowed: a finite number from 0 up/],
    ['metrics.0.grid', 'fine', /metrics\.0\.grid: “fine” is not allowed; allowed: /],
    [
      'metrics',
      new Array(4001).fill({ step: 0, value: 1, grid: 'coarse' }),
      /metrics: .*allowed: a list of at most 4000 errors/,
    ],
    ['state.m', '%%%', /state\.m: “% at character 1” is not allowed/],
    ['state.momentSteps', 7, /state\.momentSteps: 7 is not allowed; allowed: up to state\.step, 3/],
    ['state.seed', 6, /state\.seed: 6 is not allowed; allowed: the configuration's, 5/],
    ['config', [], /config: \[\] is not allowed; allowed: settings by their names/],
    ['config.K', 99, /^config\.K: 99 is not allowed; allowed: a whole number from 1 to 32/],
    ['config.zebra', 1, /^config\.zebra: 1 is not allowed; allowed: a known field/],
    ['changes.0.step', 0, /changes\.0\.step: 0 is not allowed; allowed: more than 0/],
    ['changes.0.config.T', 9, /changes\.0\.config: .*settings that keep the run/],
  ])('name what cannot be used: %s', (path, value, message) => {
    expect(() => parseRun(withValue(path, value))).toThrow(message);
  });

  it('name a number that is not finite', () => {
    const theta = saved.state.theta.slice();
    theta[1] = Number.NaN;
    expect(() => parseRun(formatRun({ ...saved, state: { ...saved.state, theta } }))).toThrow(
      /state\.theta\[1\]: “NaN” is not allowed/,
    );
  });

  it('are the rule for a run that was kept elsewhere: given back as it is, or what is wrong with it named', () => {
    expect(checkRun(saved)).toEqual(saved);
    expect(() => checkRun({ ...saved, state: { ...saved.state, m: new Float64Array(3) } })).toThrow(
      /state\.m: “24 bytes” is not allowed; allowed: base64 of \d+ finite float64/,
    );
    const [{ config }, ...changes] = saved.log;
    const zebra = { ...config, zebra: 1 } as typeof config;
    expect(() => checkRun({ ...saved, log: [{ step: 0, config: zebra }, ...changes] })).toThrow(/zebra/);
    for (const [run, place] of [
      [undefined, 'file'],
      [{ ...saved, log: [] }, 'log'],
      [{ ...saved, log: [{ step: 0 }] }, 'log\\.0\\.config'],
      [{ ...saved, state: { ...saved.state, v: [1, 2] } }, 'state\\.v'],
      [{ ...saved, losses: undefined }, 'losses'],
    ] as const)
      expect(() => checkRun(run)).toThrow(new RegExp(`^${place}: .* is not allowed; allowed: `));
  });

  it('are JSON', () => {
    expect(() => parseRun('PK\u0003\u0004')).toThrow(/file: .*allowed: JSON of the format/);
    expect(() => parseRun('[]')).toThrow(/is not allowed; allowed: /);
  });
});
