/** Time in ms that figures may take of one frame; those that will not fit are drawn in tasks of their own before the next one. */
const BUDGET_MS = 8;
/** The same for more than `MANY` figures, those of lanes side by side: all in one frame, but for one that they give up to an input. */
const MANY_BUDGET_MS = 150;
const MANY = 10;
/** What is pressed is let go within this time, or held. */
const RELEASE_MS = 150;

const queue = new Set<() => void>();
/** How long figures took when they were drawn last, in ms. */
const took = new WeakMap<() => void, number>();
let request = 0;
/** Whether a task is on its way that draws what did not fit into a frame. */
let tasked = false;
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
  if (queue.size === 0) {
    many = false;
    yielded = false;
  }
  queue.add(paint);
  many ||= queue.size > MANY;
  if (!listening) listen();
  if (request === 0) request = requestAnimationFrame(run);
}

export function cancelPaint(paint: () => void): void {
  queue.delete(paint);
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

function draw(paint: () => void): void {
  queue.delete(paint);
  const start = performance.now();
  try {
    paint();
  } catch (error) {
    reportError(error);
  }
  took.set(paint, performance.now() - start);
}

/** Draws what fits into a frame as far as is known, so that on a slow machine neither frames nor tasks become long. */
function run(): void {
  request = 0;
  if (many) drawMany();
  else {
    let budget = BUDGET_MS;
    for (const paint of queue) {
      const expected = took.get(paint) ?? BUDGET_MS;
      if (expected >= budget) continue;
      draw(paint);
      budget -= took.get(paint) ?? 0;
    }
  }
  if (queue.size === 0) tellWatchers();
  else if (many || answering) request ||= requestAnimationFrame(run);
  else planTask();
}

/** Draws all, in one frame: each frame costs a slow machine time of its own. */
function drawMany(): void {
  const end = performance.now() + (answering && !yielded ? 0 : MANY_BUDGET_MS);
  for (const paint of queue) {
    if (performance.now() >= end || (inputWaits() && !yielded)) break;
    draw(paint);
  }
  yielded ||= queue.size > 0;
}

function planTask(): void {
  if (tasked) return;
  tasked = true;
  setTimeout(runTask);
}

function runTask(): void {
  tasked = false;
  const end = performance.now() + BUDGET_MS;
  // What is pressed is answered in a frame; there the figures go on.
  for (const paint of many || answering || inputWaits() ? [] : queue) {
    draw(paint);
    if (performance.now() >= end) break;
  }
  if (queue.size === 0) requestAnimationFrame(tellWatchers);
  else if (many || answering || inputWaits()) request ||= requestAnimationFrame(run);
  else planTask();
}

/** At the end of the frame in which all figures stand. */
function tellWatchers(): void {
  if (queue.size > 0) return;
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
      const finish = () => {
        clearTimeout(timer);
        resolve(true);
      };
      if (queue.size === 0) setTimeout(finish);
      else watchers.push(finish);
    });
  });
}
