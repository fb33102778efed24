import { runHash } from '../state/link.ts';
import type { Notice, Playground } from '../state/playground.ts';
import { formatLesson } from '../state/presentation.ts';
import { parseHash } from '../state/url.ts';
import { closeOnBack, pushAddress } from '../ui/layers.ts';

/**
 * Browsers allow so many addresses in some time (Safari 100 in 30 s, and throws; others pass over what is too much): this many at
 * once, and one more each REST_MS.
 */
const AT_ONCE = 20;
const REST_MS = 400;
/** An address that was refused is tried again after RETRY_MS, then more and more seldom. */
const RETRY_MS = 2000;
const MOST_RETRY_MS = 60_000;

/** A warning that names everything in a link that was left out. */
export function faultNotice(faults: readonly string[]): Notice | undefined {
  if (faults.length === 0) return undefined;
  const [intro, list] =
    faults.length === 1
      ? ['Left out of the link – ', faults[0]]
      : ['Left out of the link:\n', faults.map((fault) => `• ${fault}`).join('\n')];
  return { kind: 'warning', text: intro + list };
}

/** Keeps address and settings alike: settings are written to the hash, a changed hash is taken over. */
export function syncHash({ app, lane, actions }: Playground): () => void {
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = false;
  let ownHash = location.hash;
  /** Links being opened: until then the state is another one's than the address. */
  let reading = 0;
  let retry = RETRY_MS;
  let credit = AT_ONCE;
  let credited = performance.now();

  const cancel = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    frame = 0;
    timer = undefined;
    due = false;
  };
  const later = (ms: number) => {
    due = true;
    timer = setTimeout(() => write(), ms);
  };
  const write = (last = false) => {
    cancel();
    // A link that was followed a moment ago is read first: its event is on the way, or it is being opened.
    if (location.hash !== ownHash || reading > 0) return;
    const hash = asAddress(runHash(app.getState(), lane.getState()));
    if (hash === ownHash) return;
    const now = performance.now();
    credit = Math.min(AT_ONCE, credit + (now - credited) / REST_MS);
    credited = now;
    if (credit < 1 && !last) {
      later((1 - credit) * REST_MS);
      return;
    }
    credit = Math.max(0, credit - 1);
    const { corrected } = app.getState().presentation.lesson ?? {};
    if (writeHash(hash, !corrected && sceneIn(hash) !== sceneIn(ownHash))) retry = RETRY_MS;
    else {
      later(retry);
      retry = Math.min(2 * retry, MOST_RETRY_MS);
    }
    ownHash = location.hash;
  };
  // A browser takes long over an address: the frame that answers an input comes first. Out of sight there are none.
  const writeSoon = () => {
    if (document.hidden) write();
    else if (!due) {
      due = true;
      frame = requestAnimationFrame(() => {
        timer = setTimeout(() => write());
      });
    }
  };
  const writeDue = () => {
    if (due) write(true);
  };
  const warn = (faults: readonly string[]) => {
    const notice = faultNotice(faults);
    if (notice) actions.warn(notice.text);
  };
  const read = async () => {
    if (location.hash === ownHash) return;
    cancel();
    ownHash = location.hash;
    const link = parseHash(location.hash);
    const { page, faults } = link;
    const state = app.getState();
    const { lesson, view } = link.presentation;
    if (lesson) {
      // The lesson's player opens what the scene shows.
      warn(faults);
      app.setState({ presentation: { ...state.presentation, view, lesson } });
      write();
      return;
    }
    if (page.engine !== state.engineChoice) void actions.setEngine(page.engine);
    if (page.pace !== state.pace) void actions.setPace(page.pace);
    reading++;
    try {
      await actions.open(link);
    } finally {
      reading--;
    }
    warn(faults);
    write();
  };
  const stopLane = lane.subscribe((state, before) => {
    if (state.log !== before.log || state.planned !== before.planned) writeSoon();
  });
  const stop = app.subscribe((state, before) => {
    if (
      state.pinned !== before.pinned ||
      state.comparison !== before.comparison ||
      state.presentation !== before.presentation ||
      state.engineChoice !== before.engineChoice ||
      state.pace !== before.pace
    )
      writeSoon();
  });
  const stopBack = closeOnBack(() => void writeHash(ownHash, false));
  addEventListener('hashchange', read);
  document.addEventListener('visibilitychange', writeDue);
  addEventListener('pagehide', writeDue);
  write();
  return () => {
    stop();
    stopLane();
    stopBack();
    removeEventListener('hashchange', read);
    document.removeEventListener('visibilitychange', writeDue);
    removeEventListener('pagehide', writeDue);
    writeDue();
    cancel();
  };
}

/** A hash as the browser writes it in the address. */
const asAddress = (hash: string) => new URL(hash || '#', 'https://page.invalid/').hash;

/** The scene that an address names, however it names it: the browser's own keys go back to the scene before. */
function sceneIn(hash: string): string | undefined {
  const { lesson } = parseHash(hash).presentation;
  return lesson && formatLesson(lesson);
}

/** Puts a hash into the address, as another one or in its place; false where the browser refuses it, which some say and some do not. */
function writeHash(hash: string, isAnother: boolean): boolean {
  const address = hash || location.pathname + location.search;
  try {
    if (isAnother) pushAddress(address);
    else history.replaceState(history.state, '', address);
  } catch {
    return false;
  }
  return location.hash === hash;
}
