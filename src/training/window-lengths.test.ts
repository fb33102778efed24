import { expect, it } from 'vitest';
import { windowLengths } from './window-lengths.ts';

it('are whole samples from one to all of a window, each once, at most a dozen', () => {
  expect(windowLengths({ T: 24, sampleSteps: 1 })).toEqual([1, 2, 3, 4, 6, 8, 10, 13, 18, 24]);
  expect(windowLengths({ T: 96, sampleSteps: 4 })).toEqual([4, 8, 12, 16, 24, 32, 40, 52, 72, 96]);
  expect(windowLengths({ T: 5, sampleSteps: 5 })).toEqual([5]);
  const long = windowLengths({ T: 256, sampleSteps: 1 });
  expect([long.length, long[0], long[11]]).toEqual([12, 1, 256]);
});
