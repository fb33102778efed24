import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../../src/training/presets.ts';
import { answersOf } from './answers.ts';
import { paperFigures } from './figures.ts';
import { pngAddress } from './png.ts';
import { type FigureRun, spreads, weightsOf } from './results.ts';
import { keptRuns } from './write.ts';

const docs = new URL('../../docs/', import.meta.url);
const [runs, spent] = await keptRuns(fileURLToPath(new URL('results', docs)));
/** Pictures are packed by the zlib of the Node at hand. */
const withoutPictures = (svg: string) => svg.replaceAll(/base64,[^"]*/g, '');

describe('paperFigures', () => {
  it('are those in the documents, and show what the paper’s figures show', async () => {
    const figures = await paperFigures(runs, spent);
    for (const [name, svg] of Object.entries(figures)) {
      const kept = readFileSync(new URL(`images/${name}.svg`, docs), 'utf8');
      expect(withoutPictures(svg) === withoutPictures(kept), `${name}: npm run figures`).toBe(true);
    }
    const curves = ['errors', 'passes'].flatMap((kind) => Object.keys(runs).map((name) => `${kind}-${name}`));
    expect(Object.keys(figures)).toEqual(['figure-5', 'figure-6', 'figure-7', ...curves]);
    const titles = (name: string) =>
      [...figures[name].matchAll(/font-weight="600"[^>]*>([^<]*)</g)].map(([, text]) => text.split(':')[0]);
    expect(titles('figure-5')).toEqual(['Truth', 'SG-RFG-G', 'SG-RFG-L', 'SG-BP']);
    const six = ['SG-BP', 'SG-RFG-G', 'SG-RFG-L', 'WSG-BP', 'WSG-RFG-G', 'WSG-RFG-L'];
    expect(titles('figure-6')).toEqual(six);
    const three = six.slice(0, 3);
    const errors = three.map((method) => `${method} minus truth`);
    expect(titles('figure-7')).toEqual([...three, 'Truth u(x, t)', ...errors, 'Forcing f(x)']);
    expect(figures['figure-7'].match(/<image /g)).toHaveLength(7);
    // The error shown is the one kept with the run.
    const [{ error }] = runs.hat.filter(({ method, config }) => method === 'SG-BP' && config.seed === 21);
    expect(figures['figure-5']).toContain(`SG-BP: relative L2 error ${error?.toPrecision(3)}`);
  });

  it('refuse weights that do not give the error kept with them, and runs that cannot stand together', async () => {
    const [run] = runs['reaction-diffusion'];
    const wrong = { ...run, error: (run.error ?? 0) * (1 + 1e-5) };
    await expect(answersOf([wrong], [run.method])).rejects.toThrow(/the weights of SG-BP give an error of/);
    await expect(answersOf([run], ['SG-RFG-A'])).rejects.toThrow('no run of SG-RFG-A with seed 21');
    const other = { ...run, method: 'SG-RFG-L', config: { ...run.config, dataSeed: 99 } };
    await expect(answersOf([run, other], [run.method, 'SG-RFG-L'])).rejects.toThrow('has other data than');
  });
});

describe('runs of a results file', () => {
  const config = resolveConfig({});
  const run = (method: string, errors: readonly number[]): FigureRun => ({
    ...{ method, config, error: 0 },
    curve: errors.map((error, i) => ({ step: i + 1, error, training: error / 2 })),
  });

  it('are summed up at every step', () => {
    const three = [run('SG-BP', [0.3, 0.1]), run('SG-BP', [0.5, 0.2]), run('SG-BP', [0.4, 0.6])];
    expect(spreads([...three, run('SG-RFG-L', [9, 9])], 'SG-BP', 'error')).toEqual([
      { step: 1, median: 0.4, least: 0.3, greatest: 0.5 },
      { step: 2, median: 0.2, least: 0.1, greatest: 0.6 },
    ]);
    expect(spreads(three.slice(1), 'SG-BP', 'training')[0].median).toBeCloseTo(0.225, 12);
  });

  it('are refused where something is missing', () => {
    expect(() => spreads([], 'SG-BP', 'error')).toThrow('no runs of SG-BP');
    expect(() =>
      spreads([{ ...run('SG-BP', []), curve: [{ step: 1, error: 1 }] }], 'SG-BP', 'training'),
    ).toThrow('has no training at step 1');
    expect(() => weightsOf(run('SG-BP', []))).toThrow('--weights');
  });
});

describe('pngAddress', () => {
  it('holds the pixels row by row, without their transparency', () => {
    const address = pngAddress(Uint32Array.of(0xff030201, 0xff060504), 2, 1);
    const file = Buffer.from(address.slice('data:image/png;base64,'.length), 'base64');
    const at = file.indexOf('IDAT');
    const length = file.readUInt32BE(at - 4);
    expect([...inflateSync(file.subarray(at + 4, at + 4 + length))]).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});
