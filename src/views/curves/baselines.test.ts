import { expect, it } from 'vitest';
import type { BaselinesReport } from '../../worker/protocol.ts';
import { baselineMarks, baselineValues, describeBaselines, placeLabels, placeSides } from './baselines.ts';

const report: BaselinesReport = {
  errors: [
    { name: 'nothing-learned', error: 1 },
    { name: 'polynomial', error: 2.6e-8 },
  ],
  curve: [
    { step: 0, grid: 'coarse', value: 1.3 },
    { step: 700, grid: 'coarse', value: 0.02 },
  ],
  steps: 5000,
  step: 700,
  state: 'working',
};

it('labels that would touch give way, in the least room that they need', () => {
  expect(placeLabels([50, 10], 12, 0, 100)).toEqual([50, 10]);
  expect(placeLabels([50, 52, 51], 12, 0, 100)).toEqual([50, 74, 62]);
  // At the lower end they go up, at the upper end down.
  expect(placeLabels([130, 99], 12, 0, 100)).toEqual([100, 88]);
  expect(placeLabels([-9, -5], 12, 12, 100)).toEqual([12, 24]);
});

it('names at the left and at the right give way to each other where the chart has no room for both in a row', () => {
  const names = [
    { side: 'left', at: 90, width: 120 },
    { side: 'right', at: 88, width: 130 },
  ] as const;
  const least = { left: 20, right: 12 };
  expect(placeSides(names, 12, least, 100, 400)).toEqual([90, 88]);
  expect(placeSides(names, 12, least, 100, 220)).toEqual([100, 88]);
  // Those of one side do in any case.
  const right = names.map((name) => ({ ...name, side: 'right' as const }));
  expect(placeSides(right, 12, least, 100, 400)).toEqual([100, 88]);
});

it('the axis holds what is drawn on it, and need not hold an error that is all but 0', () => {
  expect(baselineValues(baselineMarks(report))).toEqual([1, 1.3, 0.02, 0.01]);
  expect(baselineValues(undefined)).toEqual([]);
});

it('are told in words, with how far the tanh network is', () => {
  expect(describeBaselines(report)).toBe(
    'Baselines: nothing learned 1.00; polynomial 2.60e-8; tanh units, BP 0.0200 after 700 of 5,000 steps.',
  );
  expect(describeBaselines({ ...report, errors: [], curve: [] })).toBe('Baselines: none yet.');
  expect(describeBaselines(undefined)).toBe('Baselines: none yet.');
});
