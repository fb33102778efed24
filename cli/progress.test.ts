import { expect, it } from 'vitest';
import { resolveConfig } from '../src/training/presets.ts';
import { formatDuration, ProgressLines } from './progress.ts';

const run = { method: 'SG-BP', pins: {}, config: resolveConfig({ seed: 4 }), engine: 'reference' as const };
const outcome = { error: 0.0212, curve: [], seconds: 75, stepsPerSecond: 66.6 };

function written(isTTY: boolean): string {
  let text = '';
  const write = (part: string) => {
    text += part;
  };
  const lines = new ProgressLines({ isTTY, columns: 80, write }, 3);
  lines.started(run, 0);
  lines.progress(run, 0, { step: 100, steps: 5000, stepsPerSecond: 70, error: 0.06 });
  lines.done(run, 0, outcome);
  lines.end();
  return text;
}

it('writes one line for each finished run where there is no terminal', () => {
  expect(written(false)).toBe('[1/3] SG-BP seed 4: error 0.0212  1:15  67 steps/s\n');
});

it('redraws running lines in place on a terminal', () => {
  const text = written(true);
  expect(text).toContain('SG-BP seed 4: 100/5000  error 0.0600  70 steps/s  ETA 1:10\n');
  expect(text).toContain('\x1b[1A\x1b[J');
  expect(text.endsWith('67 steps/s\n')).toBe(true);
});

it('formats durations', () => {
  expect([4.23, 65, 7389, Number.NaN].map(formatDuration)).toEqual(['4.2 s', '1:05', '2:03:09', '?']);
});
