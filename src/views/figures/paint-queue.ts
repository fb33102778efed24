/** Time in ms that figures may take of one frame; those that are left over are drawn in the next ones. */
const BUDGET_MS = 8;

const waiting = new Set<() => void>();
let request = 0;

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
}
