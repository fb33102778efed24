import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../training/presets.ts';
import { specsOf } from '../training/specs.ts';
import { toCsv } from './csv.ts';
import { fileName, frameHold } from './download.ts';
import { fieldTable, probeTable, weightTable } from './tables.ts';

describe('toCsv', () => {
  it('quotes what needs it and leaves empty what was not measured', () => {
    const rows = [
      ['a,"b"', 0.1 + 0.2, undefined],
      ['line\nbreak', Number.NaN, -0],
    ];
    expect(toCsv({ header: ['name', 'x', 'y'], rows })).toBe(
      '\ufeffname,x,y\n"a,""b""",0.30000000000000004,\n"line\nbreak",,0\n',
    );
  });

  it('begins with notes as comments, none with a separator in it, which would spread it over cells', () => {
    const notes = [
      'SG-BP, step 15,000; σ 0.5',
      'two\nlines',
      'https://a.org/#panels=network,spikes&then=1;2',
    ];
    const lines = [
      'SG-BP',
      'step 15000',
      'σ 0.5',
      'two',
      'lines',
      'https://a.org/#panels=network%2Cspikes&then=1%3B2',
    ];
    const text = lines.map((line) => `# ${line}\n`).join('');
    expect(toCsv({ header: ['x'], rows: [[1]] }, notes)).toBe(`\ufeff${text}x\n1\n`);
    expect(toCsv({ header: ['x'], rows: [[1]] }, notes, 'comma')).toBe(`\ufeff${text}x\n1\n`);
  });

  it('is written for a decimal comma: semicolons, and commas in numbers alone', () => {
    const rows = [
      ['SG-BP, K 8', -1.5, 1.25e-7],
      ['a;b', 0, undefined],
    ];
    expect(toCsv({ header: ['name', 'x', 'y'], rows }, [], 'comma')).toBe(
      '\ufeffname;x;y\n"SG-BP, K 8";-1,5;1,25e-7\n"a;b";0;\n',
    );
  });
});

describe('tables', () => {
  it('of a field: coordinates and values', () => {
    const { rows } = fieldTable('u', 3, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([...rows].slice(0, 4)).toEqual([
      [-1, -1, 1],
      [0, -1, 2],
      [1, -1, 3],
      [-1, 0, 4],
    ]);
  });

  it('of the probe: every neuron at every time', () => {
    const spikes = [[Uint8Array.of(0, 1, 1, 0)]];
    const membranes = [[Float32Array.of(0.5, 1, 1.5, 0.25)]];
    const { rows } = probeTable(
      { T: 2, spikes, membranes, output: 0 },
      { threshold: 1, leak: 1, reset: 'subtract' },
    );
    expect([...rows]).toEqual([
      [1, 1, 1, 1, 0, 0.5, 0.5],
      [1, 1, 2, 1, 1, 1, 0],
      [1, 1, 1, 2, 1, 1.5, 0.5],
      [1, 1, 2, 2, 0, 0.25, 0.25],
    ]);
  });

  it('of the weights: each parameter once', () => {
    const { layout } = specsOf(resolveConfig({ hidden: [[3, 2]] }));
    const theta = Float64Array.from({ length: layout.size }, (_, i) => i);
    const rows = [...weightTable(layout, theta).rows];
    expect(rows.map((row) => row[4]).sort((a, b) => Number(a) - Number(b))).toEqual([...theta]);
    expect(rows.filter((row) => row[2] === 'bias')).toHaveLength(3 + 2 + 1);
  });
});

it('file names hold letters, digits and hyphens only', () => {
  expect(fileName('Signed error', 'step', 12)).toBe('signed-error-step-12');
  expect(fileName('../..')).toBe('figure');
});

describe('downloads in frames', () => {
  /** A window within another one, in a frame with that sandbox; `null`: without one, `undefined`: of another site. */
  const framed = (parent: Window, sandbox: string | null | undefined) =>
    ({
      parent,
      frameElement: sandbox === undefined ? null : { getAttribute: () => sandbox },
    }) as unknown as Window;
  const top = {} as { parent: Window };
  top.parent = top as unknown as Window;
  const outer = top.parent;

  it('are held by a sandbox without allow-downloads, however far out', () => {
    expect(frameHold(outer)).toBeUndefined();
    expect(frameHold(framed(outer, null))).toBeUndefined();
    expect(frameHold(framed(outer, 'allow-scripts allow-downloads'))).toBeUndefined();
    expect(frameHold(framed(outer, 'allow-scripts allow-same-origin'))).toBe('forbidden');
    expect(frameHold(framed(framed(outer, ''), null))).toBe('forbidden');
  });

  it('may be held by a page of another site', () => {
    expect(frameHold(framed(outer, undefined))).toBe('unknown');
    const throwing = Object.defineProperty({ parent: outer }, 'frameElement', {
      get() {
        throw new DOMException('no access', 'SecurityError');
      },
    });
    expect(frameHold(throwing as unknown as Window)).toBe('unknown');
  });
});
