import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { randomCase } from '../../../tests/support/snn.ts';
import type { Pinned } from '../../training/config.ts';
import { resolveConfig } from '../../training/presets.ts';
import { specsOf } from '../../training/specs.ts';
import { pytorchScript } from './script.ts';
import template from './template.py?raw';

function scriptOf(pinned: Pinned, file = 'network.py'): string {
  const config = resolveConfig({ T: 8, ...pinned });
  const { network } = specsOf(config);
  const rows = network.factors.map((_, m) => [20, 18, 8][m]);
  const { data, theta } = randomCase(network, rows, 4, network.factors.length > 1);
  return pytorchScript({
    config,
    theta,
    step: 12,
    data,
    ...(config.experiment === 'own-data' ? { unit: 2.5, offset: 1000.25 } : { unit: 1 }),
    about: ['A test, "quoted" \\ and """so"""'],
    file,
  });
}
const dataOf = (script: string) => JSON.parse(/DATA = json\.loads\(r"""(.*?)"""\)/s.exec(script)?.[1] ?? '');

const CASES: Pinned[] = [
  { hidden: [[6, 5]] },
  { hidden: [[6, 5]], surrogate: 'WSG', samples: 3 },
  { hidden: [[7]], leak: 0.8, threshold: 0.6, reset: 'zero', gradient: 'RFG', K: 3, law: 'gaussian' },
  {
    hidden: [[5, 4]],
    leak: 0.5,
    localLosses: true,
    gradient: 'RFG',
    scope: 'L',
    law: 'hadamard',
    scales: [1, 0.5, 2],
  },
  { hidden: [[5]], gradient: 'WP', scope: 'G', epsilon: 0.3 },
  { experiment: 'poisson', hidden: [[8]], gradient: 'RFG', scope: 'G', localLosses: true },
  { experiment: 'antiderivative', hidden: [[6], [5, 4]], reset: 'zero' },
  { experiment: 'reaction-diffusion', hidden: [[5], [4], [6]], surrogate: 'WSG', leak: 0.9 },
  { experiment: 'own-data', hidden: [[6, 4]], data: 'a/10/00000000/x/0/1/z/0/1', leak: 0.9 },
  { hidden: [[5]], gradient: 'RFG', scope: 'A' },
  { hidden: [[5]], gradient: 'RF' },
];

/** What runs a program, if any does: Debian has packages for its own python3. */
const interpreter = (program: string) =>
  ['python3', '/usr/bin/python3'].find((name) => spawnSync(name, ['-c', program]).status === 0);
const python = interpreter('');
const torch = interpreter('import numpy, torch');

describe('a script for PyTorch', () => {
  it.each(CASES)('bundles what it holds itself against: %j', (pinned) => {
    const data = dataOf(scriptOf(pinned));
    const { layout, network } = specsOf(resolveConfig({ T: 8, ...pinned }));
    const floats = (text: string) => Buffer.from(text, 'base64').length / 8;
    expect(floats(data.theta)).toBe(layout.size);
    expect(floats(data.examples.outputs)).toBe(10);
    expect(data).toMatchObject({
      T: 8,
      leak: network.leak,
      threshold: network.threshold,
      reset: network.reset,
    });
    expect(data.heads).toHaveLength(layout.heads.length);
    const names =
      pinned.gradient === 'WP' ? ['BP', 'RFG-G', 'RFG-L', 'WP-G', 'WP-L'] : ['BP', 'RFG-G', 'RFG-L'];
    expect(Object.keys(data.gradients.values)).toEqual(names);
    for (const text of Object.values<string>(data.gradients.values)) expect(floats(text)).toBe(layout.size);
  });

  it('is the template with its data and nothing left open; quotation marks end nothing', () => {
    const script = scriptOf({ hidden: [[3]], reset: 'zero', leak: 0.75 }, 'mine.py');
    expect(script).not.toMatch(/@[A-Z_]+@/);
    expect(script).toContain("A test, \"quoted\" / and '''so'''");
    expect(script).toContain('python3 mine.py --train');
    expect(script).toContain('Leaky(beta=0.75, threshold=1, reset_mechanism="zero", reset_delay=False)');
    expect(script).toContain('IFNode(v_threshold=1, v_reset=0.0, detach_reset=True)');
    const code = (text: string) =>
      text.slice(text.indexOf('torch.set_default_dtype')).replace(/@[A-Z_]+@|0\.75|\b1\b|zero|0\.0/g, '');
    expect(code(script)).toBe(code(template));
    // No dependency but these.
    expect([...script.matchAll(/^(?:import|from) (\w+)/gm)].map(([, name]) => name)).toEqual([
      'argparse',
      'base64',
      'json',
      'math',
      'statistics',
      'sys',
      'numpy',
      'torch',
    ]);
    expect(script).not.toContain('torch.func');
  });

  it('bundles of a large network what the file has room for', () => {
    const script = scriptOf({ hidden: [[160, 160]], gradient: 'RFG', K: 32, law: 'gaussian' });
    const data = dataOf(script);
    expect(data.gradients.entries.length).toBeLessThanOrEqual(20000);
    expect(data.directions.count).toBe(8);
    expect(Buffer.from(data.batch.target, 'base64').length).toBeLessThan(8 * 20);
    expect(data.gradients.entries.at(-1)).toBeGreaterThan(26000);
  });

  it(`is Python${python ? '' : ' (not tried: there is no Python here)'}`, () => {
    if (!python) return;
    const file = join(mkdtempSync(join(tmpdir(), 'pytorch-')), 'network.py');
    writeFileSync(file, scriptOf(CASES[0]));
    const parse = 'import ast, sys; ast.parse(open(sys.argv[1], encoding="utf8").read())';
    expect(spawnSync(python, ['-c', parse, file], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
  });

  it(`${torch ? 'finds its outputs and gradients again in PyTorch' : 'is only a text here: there is no torch'}`, () => {
    if (!torch) return;
    const folder = mkdtempSync(join(tmpdir(), 'pytorch-'));
    const files = CASES.map((pinned, i) => {
      const file = join(folder, `${i}.py`);
      writeFileSync(file, scriptOf(pinned));
      return file;
    });
    // Torch takes seconds to be loaded: once for all of them.
    const program = [
      'import runpy, sys',
      'for file in sys.argv[1:]:',
      '    sys.argv = [file, "--train"]',
      '    try: runpy.run_path(file, run_name="__main__")',
      '    except SystemExit as end: print("ended", end.code)',
    ].join('\n');
    const { stdout, stderr } = spawnSync(torch, ['-c', program, ...files], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout.match(/^FAIL.*$/gm), stdout).toBe(null);
    expect(stdout.match(/^ended.*$/gm)).toEqual(CASES.map(() => 'ended 0'));
    expect(stdout.match(/^output .*$/gm)?.filter((line) => line.includes('plus'))).toEqual([
      "output      the page's   target      (times 2.5 plus 1000.25 in the problem's unit)",
    ]);
    const checks = stdout.split(/^ended.*$/m).map((part) => part.match(/^ok /gm)?.length ?? 0);
    expect(checks).toEqual([...CASES.map(({ gradient }) => (gradient === 'WP' ? 7 : 5)), 0]);
  });
});
