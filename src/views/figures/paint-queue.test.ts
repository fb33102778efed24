import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { cancelPaint, requestPaint } from './paint-queue.ts';

let now = 0;
let frames: (() => void)[] = [];
const nextFrame = () => {
  const due = frames;
  frames = [];
  for (const frame of due) frame();
};

beforeEach(() => {
  now = 0;
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A figure that takes `ms` to draw. */
function figure(ms: number) {
  return vi.fn(() => {
    now += ms;
  });
}

it('draws what fits into a frame, once however often it was asked for, and the rest in the next', () => {
  const [quick, slow, last] = [figure(1), figure(20), figure(1)];
  for (const paint of [quick, slow, quick, last]) requestPaint(paint);
  nextFrame();
  expect([quick, slow, last].map((paint) => paint.mock.calls.length)).toEqual([1, 1, 0]);
  nextFrame();
  expect([quick, slow, last].map((paint) => paint.mock.calls.length)).toEqual([1, 1, 1]);
  expect(frames).toEqual([]);
});

it('leaves out what was cancelled, and goes on after a figure that fails', () => {
  const report = vi.fn();
  vi.stubGlobal('reportError', report);
  const [gone, after] = [figure(1), figure(1)];
  requestPaint(() => {
    throw new Error('no canvas');
  });
  requestPaint(gone);
  requestPaint(after);
  cancelPaint(gone);
  nextFrame();
  expect(report).toHaveBeenCalledOnce();
  expect(gone).not.toHaveBeenCalled();
  expect(after).toHaveBeenCalledOnce();
});
