import { describe, expect, it } from 'vitest';
import { smallTask } from '../../tests/support/training.ts';
import { drawBatch } from '../snn/batch.ts';
import { drawDirections } from '../snn/directions.ts';
import { updateScalars } from '../snn/optimiser.ts';
import { learningRate } from '../snn/schedule.ts';
import type { Config } from './config.ts';
import { initialState, resetMoments } from './engine.ts';
import { directionLength, planStep } from './plan.ts';

const plan = (task: ReturnType<typeof smallTask>, step: number, ahead = 0, momentSteps = step) => {
  const directions = new Float32Array(directionLength(task));
  const state = { ...initialState(task, 3), step, momentSteps };
  return { ...planStep(task, state, ahead, directions), directions };
};

describe('planStep', () => {
  const task = smallTask({ gradient: 'RFG', scope: 'L', K: 3, steps: 40, hold: 2 });
  const { specs, data } = task;

  it('draws batch and directions for the step', () => {
    const { rows, directions } = plan(task, 11);
    expect(rows).toEqual(drawBatch(specs.batch, [data.factors[0].rows], 3, 11));
    const expected = new Float32Array(3 * specs.layout.size);
    drawDirections(specs.directions, specs.layout, 3, 11, expected);
    expect(directions).toEqual(expected);
  });

  it('takes the rate from the step and the bias corrections from the steps since the moments were reset', () => {
    const { scalars } = plan(task, 30, 0, 4);
    expect(scalars).toEqual(updateScalars(specs.optimiser, learningRate(specs.schedule, 30), 5));
    expect(scalars.correction1).toBe(Math.fround(1 / (1 - 0.9 ** 5)));
  });

  it('looks ahead as if the steps between were done', () => {
    expect(plan(task, 10, 5, 2)).toEqual(plan(task, 15, 0, 7));
  });

  it('needs directions under RFG and WP alone', () => {
    const length = (gradient: Config['gradient']) => directionLength(smallTask({ gradient, K: 3 }));
    expect([length('BP'), length('RFG'), length('WP')]).toEqual([
      0,
      3 * specs.layout.size,
      3 * specs.layout.size,
    ]);
    expect(plan(smallTask({ gradient: 'BP' }), 4).rows).toHaveLength(1);
  });

  it('goes on along the schedule after the method was changed', () => {
    const state = resetMoments({ ...initialState(task, 3), step: 20, momentSteps: 20 });
    const { scalars } = planStep(task, state, 0, new Float32Array(directionLength(task)));
    expect(scalars.learningRate).toBe(Math.fround(learningRate(specs.schedule, 20)));
    expect(scalars.correction1).toBe(Math.fround(1 / (1 - 0.9)));
  });
});
