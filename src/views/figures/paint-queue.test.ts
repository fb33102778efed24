import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { cancelPaint, painted, requestPaint, watchAnswers } from './paint-queue.ts';

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
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  now = 0;
  frames = [];
  pending = false;
  vi.stubGlobal('navigator', { scheduling: { isInputPending: () => pending } });
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A figure that takes `ms` to draw. */
function figure(ms: number) {
  return vi.fn(() => {
    now += ms;
  });
}

/** How often each figure was drawn. */
const counts = (figures: ReturnType<typeof figure>[]) => figures.map((paint) => paint.mock.calls.length);

it('draws in a frame what will fit, once however often it was asked for, and the rest in tasks before the next', () => {
  const figures = [figure(1), figure(20), figure(5), figure(1)];
  const [quick, slow, middle, last] = figures;
  const ask = () => {
    for (const paint of [quick, slow, quick, middle, last]) requestPaint(paint);
  };
  ask();
  nextFrame();
  expect(counts(figures)).toEqual([0, 0, 0, 0]);
  vi.advanceTimersToNextTimer();
  expect(counts(figures)).toEqual([1, 1, 0, 0]);
  vi.advanceTimersToNextTimer();
  expect(counts(figures)).toEqual([1, 1, 1, 1]);
  nextFrame();

  // How long each takes is known from now on.
  ask();
  nextFrame();
  expect(counts(figures)).toEqual([2, 1, 2, 2]);
  vi.runAllTimers();
  expect(counts(figures)).toEqual([2, 2, 2, 2]);
  nextFrame();
  expect(frames).toEqual([]);
});

it('draws nothing between frames while the page answers an input', () => {
  const slow = figure(20);
  requestPaint(slow);
  press('keydown');
  nextFrame();
  expect(slow).not.toHaveBeenCalled();
  vi.runAllTimers();
  nextFrame();
  vi.runAllTimers();
  expect(slow).toHaveBeenCalledOnce();
});

it('tells when all that was asked for stands on the screen', async () => {
  let shown = false;
  requestPaint(figure(20));
  void painted().then(() => {
    shown = true;
  });
  const settle = () => vi.advanceTimersByTimeAsync(1);
  nextFrame();
  await settle();
  // Drawn, and not yet on the screen.
  expect(shown).toBe(false);
  nextFrame();
  await settle();
  expect(shown).toBe(true);
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
  vi.runAllTimers();
  expect(report).toHaveBeenCalledOnce();
  expect(gone).not.toHaveBeenCalled();
  expect(after).toHaveBeenCalledOnce();
});

/** How many of `count` figures of 10 ms are drawn in the first frame. */
function drawnOf(count: number, duringFirst: () => void = () => {}): number {
  const figures = Array.from({ length: count }, () => figure(10));
  figures[0].mockImplementation(() => {
    now += 10;
    duringFirst();
  });
  for (const paint of figures) requestPaint(paint);
  nextFrame();
  const drawn = figures.filter((paint) => paint.mock.calls.length > 0).length;
  pending = false;
  while (frames.length > 0) nextFrame();
  expect(counts(figures).every((count) => count === 1)).toBe(true);
  return drawn;
}

it('draws the figures of many lanes at once', () => {
  expect(drawnOf(12)).toBe(12);
});

it('gives one frame up to an input, however many more there are', () => {
  requestPaint(figure(1));
  nextFrame();
  vi.runAllTimers();
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
  nextFrame();
  vi.runAllTimers();
});

it('leaves the rest for later as soon as someone presses something', () => {
  const waits = () => {
    pending = true;
  };
  expect(drawnOf(12, waits)).toBe(1);
});

it('tells when something is pressed and when the frame that answers it stands on the screen', () => {
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
  nextFrame();
  vi.runAllTimers();
});
