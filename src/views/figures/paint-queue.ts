/** Time in ms that figures may take of one frame; those that are left over are drawn in the next ones. */
const BUDGET_MS = 8;

const waiting = new Set<() => void>();
let request = 0;
const watchers: (() => void)[] = [];

/** Draws in an animation frame, after the figures that asked before. Asking again before that changes nothing. */
export function requestPaint(paint: () => void): void {
  waiting.add(paint);
  if (request === 0) request = requestAnimationFrame(run);
}

export function cancelPaint(paint: () => void): void {
  waiting.delete(paint);
}

function run(): void {
  request = 0;
  const until = performance.now() + BUDGET_MS;
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
