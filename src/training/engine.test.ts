import { describe, expect, it } from 'vitest';
import { initialise } from '../../tests/support/snn.ts';
import { smallTask } from '../../tests/support/training.ts';
import { initialState, resetMoments } from './engine.ts';

describe('initialState', () => {
  it('has the initial weights, zero moments and no steps behind it', () => {
    const task = smallTask({ seed: 1 });
    const { network, layout, initialisation } = task.specs;
    const state = initialState(task, 7);
    expect(state.theta).toEqual(initialise(initialisation, network, task.data, 7));
    expect(state.theta.some((x) => x !== 0)).toBe(true);
    expect([state.m, state.v]).toEqual([new Float64Array(layout.size), new Float64Array(layout.size)]);
    expect([state.step, state.momentSteps, state.seed]).toEqual([0, 0, 7]);
  });
});

describe('resetMoments', () => {
  it('keeps weights, schedule position and seed, and leaves its argument alone', () => {
    const theta = Float64Array.of(1, 2);
    const before = {
      theta,
      m: Float64Array.of(3, 4),
      v: Float64Array.of(5, 6),
      step: 70,
      momentSteps: 20,
      seed: 9,
    };
    const after = resetMoments(before);
    expect(after).toEqual({
      theta,
      m: new Float64Array(2),
      v: new Float64Array(2),
      step: 70,
      momentSteps: 0,
      seed: 9,
    });
    expect(before.m).toEqual(Float64Array.of(3, 4));
    expect(before.momentSteps).toBe(20);
  });
});
