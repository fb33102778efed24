import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../training/presets.ts';
import { ALONE } from './comparison.ts';
import { runHash } from './link.ts';
import { PLAIN } from './presentation.ts';
import { formatHash, parseHash } from './url.ts';

describe('links', () => {
  it('hold only what differs from the defaults, readably', () => {
    expect(formatHash({})).toBe('');
    expect(formatHash({ gradient: 'RFG', K: 8, hidden: [[16, 16]] })).toBe('#gradient=RFG');
    expect(formatHash({ gradient: 'RFG', K: 4, scales: [0.25, 1, 1] })).toBe(
      '#gradient=RFG&K=4&scales=0.25/1/1',
    );
  });

  it('read back to the same configuration', () => {
    const pinned = {
      gradient: 'RFG',
      scope: 'G',
      sigma: 0.30000000000000004,
      hidden: [[8, 24]],
      rate: 1e-5,
      localLosses: true,
      seed: 4294967295,
    } as const;
    const read = parseHash(formatHash(pinned));
    expect(read.faults).toEqual([]);
    expect(resolveConfig(read.pinned)).toEqual(resolveConfig(pinned));
  });

  it('name what cannot be used and keep the rest', () => {
    const { pinned, faults } = parseHash(
      '#gradient=BQ&T=10&K=99&rate=NaN&zebra=1&sigma=0.4&batch=&seed=-1&hidden=16-x',
    );
    expect(pinned).toEqual({ T: 10, sigma: 0.4 });
    expect(faults).toHaveLength(7);
    expect(faults[0]).toMatch(/gradient.*BQ.*BP, RFG, WP/);
    expect(faults.join('\n')).toMatch(/K: “99” is not allowed; allowed: a whole number from 1 to 32/);
    expect(faults.join('\n')).toMatch(/“zebra” is not a setting/);
    expect(parseHash('#gradiant=RFG').faults).toEqual([
      '“gradiant” is not a setting (did you mean “gradient”?)',
    ]);
    expect(parseHash('#gradient=RFGG').faults[0]).toContain('(did you mean “RFG”?)');
  });

  it('carry engine and pace beside the configuration', () => {
    const hash = formatHash({ gradient: 'WP' }, { engine: 'wasm', pace: 'full' });
    expect(hash).toBe('#gradient=WP&engine=wasm&pace=full');
    expect(parseHash(hash)).toEqual({
      comparison: ALONE,
      pinned: { gradient: 'WP' },
      page: { engine: 'wasm', pace: 'full' },
      presentation: PLAIN,
      planned: [],
      faults: [],
    });
    const { page, faults } = parseHash('#engine=cuda&pace=warp');
    expect(page).toEqual({ engine: 'auto', pace: 'log' });
    expect(faults[0]).toBe('engine: “cuda” is not allowed; allowed: auto, reference, wasm, webgpu');
    expect(faults[1]).toMatch(/pace.*warp.*log, steady, full/);
  });

  it('drop a field that contradicts the others', () => {
    const { pinned, faults } = parseHash('#init=operator&K=3');
    expect(pinned).toEqual({ K: 3 });
    expect(faults[0]).toMatch(/init.*operator.*uniform or data/);
    expect(parseHash('#experiment=poisson&batch=8192/8192').pinned).toEqual({ experiment: 'poisson' });
  });

  it('survive any text', () => {
    for (const hash of [
      '#',
      '#=',
      '#&&&',
      '#%',
      '#T=%FF',
      '#T',
      `#${'x'.repeat(5000)}`,
      '#hidden=-',
      '#batch=1/2/3/4',
    ]) {
      expect(resolveConfig(parseHash(hash).pinned)).toBeDefined();
    }
  });
});

describe('links that were changed on their way', () => {
  it('are read with = & and # written as %3D %26 %23', () => {
    for (const hash of ['#gradient%3DRFG%26K%3D4', '#%23gradient=RFG&K=4', '#gradient%3dRFG%26K%3d4'])
      expect(parseHash(hash)).toMatchObject({ pinned: { gradient: 'RFG', K: 4 }, faults: [] });
    expect(parseHash('#gradient%3DRFG%')).toMatchObject({ pinned: {} });
  });
});

describe('a lesson in a link', () => {
  it('stays in the address, whatever scene is open: reloaded it is there again', () => {
    const lane = { log: [], planned: [] };
    const at = (hash: string) => parseHash(hash).presentation.lesson;
    for (const hash of ['#lesson-text=aGVsbG8&lesson=own.2', '#lesson=own.2&lesson-text=aGVsbG8']) {
      const { presentation, pinned, comparison, faults } = parseHash(hash);
      expect(faults).toEqual([]);
      expect(presentation.lesson).toEqual({ lesson: 'own', scene: 2, text: 'aGVsbG8' });
      const app = { pinned, comparison, presentation, engineChoice: 'auto', pace: 'log' } as const;
      expect(at(runHash(app, lane))).toEqual(presentation.lesson);
    }
    expect(at('#lesson-text=aGVsbG8')).toEqual({ lesson: 'own', scene: 1, text: 'aGVsbG8' });
    expect(at('#lesson=own.2')).toEqual({ lesson: 'own', scene: 2 });
  });

  it('is not one of the page’s', () => {
    const { presentation, faults } = parseHash('#lesson=3.2&lesson-text=aGVsbG8');
    expect(presentation.lesson).toEqual({ lesson: 'own', scene: 1, text: 'aGVsbG8' });
    expect(faults).toEqual([expect.stringContaining('lesson: “3.2” is not allowed')]);
  });
});
