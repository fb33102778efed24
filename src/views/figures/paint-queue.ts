/** Time in ms that figures may take of one frame; those that are left over are drawn in the next ones. */
const BUDGET_MS = 8;
/** The same once figures have been waiting for `LATE_MS`: a slow machine draws many of them in few frames. */
const LATE_BUDGET_MS = 45;
const LATE_MS = 30;

const waiting = new Set<() => void>();
let request = 0;
/** Since when a figure has been waiting. */
let since = 0;
const watchers: (() => void)[] = [];

/** Draws in an animation frame, after the figures that asked before. Asking again before that changes nothing. */
export function requestPaint(paint: () => void): void {
  if (waiting.size === 0) since = performance.now();
  waiting.add(paint);
  if (request === 0) request = requestAnimationFrame(run);
}

export function cancelPaint(paint: () => void): void {
  waiting.delete(paint);
}

function run(): void {
  request = 0;
  const begun = performance.now();
  const until = begun + (begun - since > LATE_MS ? LATE_BUDGET_MS : BUDGET_MS);
  for (const paint of waiting) {
    waiting.delete(paint);
    try {
      paint();
    } catch (error) {
      reportError(error);
    }
    if (performance.now() >= until) break;
  }
  if (waiting.size > 0 && request === 0) request = requestAnimationFrame(run);
  if (waiting.size > 0) return;
  for (const tell of watchers.splice(0)) setTimeout(tell);
}

/** Browsers give no frames to a page that is out of sight. */
const LONGEST_MS = 500;

/** Resolves once every figure that is asked for now stands on the screen, or after half a second without frames. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, LONGEST_MS);
    requestAnimationFrame(() => {
      const done = () => {
        clearTimeout(timer);
        resolve();
      };
      if (waiting.size === 0) setTimeout(done);
      else watchers.push(done);
    });
  });
}
