import { describe, expect, it } from 'vitest';
import type { RunState } from './engine.ts';
import { Timeline } from './timeline.ts';

const none = new Float64Array(0);
const at = (step: number): RunState => ({ theta: none, m: none, v: none, step, momentSteps: step, seed: 1 });

describe('Timeline', () => {
  it('keeps few checkpoints, dense near the start, and always one near any step', () => {
    const timeline = new Timeline(at(0), 'a', 100);
    for (let step = 1; step <= 100000; step++) timeline.record(at(step));
    for (const step of [0, 3, 10, 100, 1000, 10000, 99999]) {
      const { step: found } = timeline.before(step);
      expect(found).toBeLessThanOrEqual(step);
      expect(step - found).toBeLessThanOrEqual(4 + step / 4);
    }
    expect(timeline.end).toBeGreaterThan(98000);
  });

  it('takes states reached in a replay where it has none near, and few in all', () => {
    const timeline = new Timeline(at(0), 'a', 50);
    timeline.record(at(6400), true);
    for (let step = 10; step < 6400; step += 10) timeline.insert(at(step));
    for (const step of [10, 700, 3000, 6000]) {
      const { step: found } = timeline.before(step);
      expect(found).toBeLessThanOrEqual(step);
      expect(step - found).toBeLessThanOrEqual(4 + step / 4);
    }
    expect(timeline.before(6399).step).toBeLessThan(6400);
    expect(timeline.end).toBe(6400);
  });

  it('knows which configuration held when', () => {
    const timeline = new Timeline(at(0), 'a');
    timeline.record(at(5));
    timeline.change(at(8), 'b');
    timeline.record(at(12));
    timeline.change(at(12), 'c');
    expect(timeline.configAt(7)).toEqual({ config: 'a', until: 8 });
    expect(timeline.configAt(8)).toEqual({ config: 'b', until: 12 });
    expect(timeline.configAt(40)).toEqual({ config: 'c', until: Number.POSITIVE_INFINITY });
    expect(timeline.log.map((entry) => entry.step)).toEqual([0, 8, 12]);
  });

  it('a change at a step replaces an earlier one there and forgets what came after', () => {
    const timeline = new Timeline(at(0), 'a');
    for (const step of [4, 8, 16]) timeline.record(at(step));
    timeline.change(at(8), 'b');
    timeline.change(at(8), 'c');
    expect(timeline.end).toBe(8);
    expect(timeline.log).toEqual([
      { step: 0, config: 'a' },
      { step: 8, config: 'c' },
    ]);
  });

  it('keeps a resting point when forced', () => {
    const timeline = new Timeline(at(0), 'a');
    timeline.record(at(6400));
    timeline.record(at(6410));
    expect(timeline.end).toBe(6400);
    timeline.record(at(6410), true);
    expect(timeline.end).toBe(6410);
  });
});
