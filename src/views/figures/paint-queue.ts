/** Time in ms that figures may take of one frame; those that are left over are drawn in the next ones. */
const BUDGET_MS = 8;
/** The same once figures have been waiting for `LATE_MS`: each frame costs a slow machine time of its own, so they share fewer. */
const LATE_BUDGET_MS = 20;
/** The same for more than `MANY` figures, those of lanes side by side: all in one frame, but for one that they give up to an input. */
const MANY_BUDGET_MS = 150;
const MANY = 10;
const LATE_MS = 30;
/** What is pressed is let go within this time, or held. */
const RELEASE_MS = 150;

const waiting = new Set<() => void>();
let request = 0;
/** Since when a figure has been waiting. */
let since = 0;
let many = false;
/** Whether the figures that wait have given a frame up to an input. */
let yielded = false;
/** From an input until the frame after it stands on the screen: the page's answer comes before the figures. */
let answering = false;
let inputs = 0;
let listening = false;
const answerWatchers = new Set<(answering: boolean) => void>();
const watchers: (() => void)[] = [];

/** Draws in an animation frame, after the figures that asked before. Asking again before that changes nothing. */
export function requestPaint(paint: () => void): void {
  if (waiting.size === 0) {
    since = performance.now();
    many = false;
    yielded = false;
  }
  waiting.add(paint);
  many ||= waiting.size > MANY;
  if (!listening) listen();
  if (request === 0) request = requestAnimationFrame(run);
}

export function cancelPaint(paint: () => void): void {
  waiting.delete(paint);
}

function listen(): void {
  listening = true;
  const note = (event?: Event) => {
    // A key that is held down asks for no more than its first press did.
    if (event && 'repeat' in event && event.repeat) return;
    const input = ++inputs;
    const rest = event?.type === 'pointerdown' ? RELEASE_MS : 0;
    requestAnimationFrame(() => setTimeout(() => input === inputs && setAnswering(false), rest));
    setAnswering(true);
  };
  for (const event of ['pointerdown', 'pointerup', 'keydown'])
    globalThis.addEventListener?.(event, note, { capture: true, passive: true });
}

function setAnswering(now: boolean): void {
  if (answering === now) return;
  answering = now;
  for (const tell of answerWatchers) tell(now);
}

/** Tells whenever the page begins to answer something that was pressed, and when the answer can be seen; returns how to stop. */
export function watchAnswers(tell: (answering: boolean) => void): () => void {
  if (!listening) listen();
  answerWatchers.add(tell);
  return () => void answerWatchers.delete(tell);
}

/** Whether someone pressed something that has not been answered; browsers that cannot tell say no. */
function inputWaits(): boolean {
  const { scheduling } = globalThis.navigator as { scheduling?: { isInputPending?(): boolean } };
  return scheduling?.isInputPending?.() ?? false;
}

function budgetAt(now: number): number {
  if (many) return answering && !yielded ? 0 : MANY_BUDGET_MS;
  return answering || now - since <= LATE_MS ? BUDGET_MS : LATE_BUDGET_MS;
}

function run(): void {
  request = 0;
  const begun = performance.now();
  const budget = budgetAt(begun);
  for (const paint of budget > 0 ? waiting : []) {
    waiting.delete(paint);
    try {
      paint();
    } catch (error) {
      reportError(error);
    }
    if (performance.now() >= begun + budget || (inputWaits() && !(many && yielded))) break;
  }
  yielded ||= waiting.size > 0;
  if (waiting.size > 0 && request === 0) request = requestAnimationFrame(run);
  if (waiting.size > 0) return;
  for (const tell of watchers.splice(0)) setTimeout(tell);
}

/** Browsers give no frames to a page that is out of sight. */
const LONGEST_MS = 500;

/**
 * Resolves once every figure that is asked for now stands on the screen, or after half a second without frames: false for a page
 * that is out of sight.
 */
export function painted(): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(!document.hidden), LONGEST_MS);
    requestAnimationFrame(() => {
      const done = () => {
        clearTimeout(timer);
        resolve(true);
      };
      if (waiting.size === 0) setTimeout(done);
      else watchers.push(done);
    });
  });
}
