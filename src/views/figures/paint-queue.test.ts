import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { cancelPaint, requestPaint, watchAnswers } from './paint-queue.ts';

let now = 0;
let pending = false;
let frames: (() => void)[] = [];
/** What the page listens with: it begins to with the first figure. */
const inputs = new Map<string, (event: Pick<KeyboardEvent, 'type' | 'repeat'>) => void>();
vi.stubGlobal('addEventListener', (type: string, listener: () => void) => inputs.set(type, listener));
const press = (type: string, repeat = false) => inputs.get(type)?.({ type, repeat });
const nextFrame = () => {
  const due = frames;
  frames = [];
  for (const frame of due) frame();
};

beforeEach(() => {
  now = 0;
  frames = [];
  pending = false;
  vi.stubGlobal('navigator', { scheduling: { isInputPending: () => pending } });
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

/** How many of `count` figures of 10 ms are drawn in a frame that comes `after` ms after they were asked for. */
function drawnOf(count: number, after: number, duringFirst: () => void = () => {}): number {
  const figures = Array.from({ length: count }, () => figure(10));
  figures[0].mockImplementation(() => {
    now += 10;
    duringFirst();
  });
  for (const paint of figures) requestPaint(paint);
  now += after;
  nextFrame();
  const drawn = figures.filter((paint) => paint.mock.calls.length > 0).length;
  pending = false;
  while (frames.length > 0) nextFrame();
  expect(figures.every((paint) => paint.mock.calls.length === 1)).toBe(true);
  return drawn;
}

it('draws more in a frame that is late, and the figures of many lanes at once', () => {
  expect(drawnOf(5, 5)).toBe(1);
  expect(drawnOf(5, 40)).toBe(2);
  expect(drawnOf(12, 5)).toBe(12);
});

it('gives one frame up to an input, however many more there are', () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  requestPaint(figure(1));
  nextFrame();
  const figures = Array.from({ length: 12 }, () => figure(10));
  const drawn = () => figures.filter((paint) => paint.mock.calls.length > 0).length;
  for (const paint of figures) requestPaint(paint);
  press('pointerdown');
  nextFrame();
  expect(drawn()).toBe(0);
  press('pointerdown');
  pending = true;
  nextFrame();
  expect(drawn()).toBe(12);
  vi.runAllTimers();
  vi.useRealTimers();
});

it('leaves the rest for later as soon as someone presses something', () => {
  const waits = () => {
    pending = true;
  };
  expect(drawnOf(12, 40, waits)).toBe(1);
});

it('tells when something is pressed and when the frame that answers it stands on the screen', () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const told: boolean[] = [];
  const stop = watchAnswers((answering) => told.push(answering));
  press('keydown');
  press('keydown', true);
  expect(told).toEqual([true]);
  nextFrame();
  vi.runAllTimers();
  expect(told).toEqual([true, false]);
  // What is pressed is let go soon: that is answered too.
  press('pointerdown');
  nextFrame();
  vi.advanceTimersByTime(20);
  press('pointerup');
  expect(told).toEqual([true, false, true]);
  nextFrame();
  vi.advanceTimersByTime(1);
  expect(told).toEqual([true, false, true, false]);
  stop();
  press('keydown');
  expect(told).toHaveLength(4);
  nextFrame();
  vi.runAllTimers();
  vi.useRealTimers();
});
