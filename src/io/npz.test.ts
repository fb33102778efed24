import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Pinned } from '../training/config.ts';
import { resolveConfig } from '../training/presets.ts';
import { specsOf } from '../training/specs.ts';
import { formatNpy, type Npy } from './npy.ts';
import { formatNpz, parseNpz } from './npz.ts';

function made(pinned: Pinned) {
  const config = resolveConfig(pinned);
  const theta = Float64Array.from({ length: specsOf(config).layout.size }, (_, i) => Math.sin(i) / 3);
  return { config, theta };
}
const other = resolveConfig({});
/** An archive of a 2-input, 3-neuron network with an array changed, added or (undefined) taken away. */
function changed(name: string, array: Npy | Uint8Array | undefined): Uint8Array {
  const { config, theta } = made({ hidden: [[3]] });
  const files = unzipSync(formatNpz(config, theta));
  delete files[`${name}.npy`];
  if (array)
    files[name.includes('.txt') ? name : `${name}.npy`] =
      array instanceof Uint8Array ? new Uint8Array(array) : formatNpy(array);
  return zipSync(files);
}
const zeros = (...shape: number[]): Npy => ({
  shape,
  values: new Float64Array(shape.reduce((a, b) => a * b, 1)),
});

describe('weights as NPZ', () => {
  it.each<Pinned>([
    { hidden: [[5, 4]] },
    { experiment: 'poisson', localLosses: true },
    {
      experiment: 'reaction-diffusion',
      hidden: [[4], [3, 2], [5]],
      target: 'formula',
      formula: 'x*“é”',
    } as Pinned,
  ])('come back to the last bit with their settings: %j', (pinned) => {
    const { config, theta } = made(pinned);
    expect(parseNpz(formatNpz(config, theta), other)).toEqual({ config, theta });
    expect(formatNpz(config, theta)).toEqual(formatNpz(config, theta));
  });

  it('without settings fit a network of their shapes', () => {
    const { config, theta } = made({ hidden: [[3]] });
    const bytes = changed('settings', undefined);
    expect(parseNpz(bytes, config)).toEqual({ config, theta });
    expect(() => parseNpz(bytes, other)).toThrow(
      /^hidden_1\.weight: “shape \[3,2\]” is not allowed; allowed: numbers of shape \[16,2\]/,
    );
  });

  it.each<[string, Npy | Uint8Array | undefined, RegExp]>([
    ['hidden_1.weight', undefined, /^hidden_1\.weight: “nothing” .*numbers of shape \[3,2\]/],
    ['hidden_1.weight', zeros(2, 3), /^hidden_1\.weight: “shape \[2,3\]”/],
    ['hidden_1.bias', zeros(3, 1), /^hidden_1\.bias: “shape \[3,1\]”/],
    ['hidden_1.bias', 'heavy', /^hidden_1\.bias: “heavy”/],
    [
      'hidden_1.bias',
      { shape: [3], values: Float64Array.of(1, Number.NaN, 2) },
      /^hidden_1\.bias\[1\]: “NaN”/,
    ],
    ['hidden_2.bias', zeros(3), /^hidden_2\.bias: “an array” .*hidden_1\.weight, hidden_1\.bias, read-out/],
    ['notes.txt', new Uint8Array([65]), /^notes\.txt: “a file” .*arrays/],
    ['hidden_1.bias', new Uint8Array(80), /^hidden_1\.bias: .*an array of float64 or float32/],
    [
      'hidden_1.bias',
      formatNpy(zeros(3)).subarray(0, 140),
      /^hidden_1\.bias: “12 bytes of shape \[3\]” .*24 bytes/,
    ],
    ['settings', '{', /^settings: “\{” .*a text of JSON/],
    ['settings', '{"K": 99}', /^settings\.K: 99 is not allowed/],
  ])('name what cannot be used: %s', (name, array, message) => {
    expect(() => parseNpz(changed(name, array), other)).toThrow(message);
  });

  it('are a ZIP archive', () => {
    const { config, theta } = made({});
    expect(() => parseNpz(formatNpz(config, theta).subarray(0, 500), config)).toThrow(
      /^file: .*cut off or damaged/,
    );
  });

  const python = ['python3', '/usr/bin/python3'].find(
    (name) => spawnSync(name, ['-c', 'import numpy']).status === 0,
  );
  it(`are read by numpy, and what numpy writes is read here${python ? '' : ' (not tried: there is no numpy here)'}`, async () => {
    if (!python) return;
    const { config, theta } = made({ hidden: [[3]] });
    const folder = mkdtempSync(join(tmpdir(), 'npz-'));
    writeFileSync(join(folder, 'a.npz'), formatNpz(config, theta));
    const program = [
      'import json, numpy as np',
      'a = np.load("a.npz")',
      'assert a["hidden_1.weight"].shape == (3, 2) and json.loads(str(a["settings"]))["hidden"] == [[3]]',
      'np.savez("b.npz", **{k: a[k] for k in a}); np.savez_compressed("c.npz", **{k: a[k] for k in a if k != "settings"})',
      'print(a["read-out.bias"][0].hex())',
    ].join('\n');
    execFileSync(python, ['-c', program], { cwd: folder });
    const { readFileSync } = await import('node:fs');
    for (const file of ['b.npz', 'c.npz'])
      expect(parseNpz(new Uint8Array(readFileSync(join(folder, file))), config)).toEqual({ config, theta });
  });
});
