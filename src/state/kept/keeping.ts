import { runHash } from '../link.ts';
import type { Playground, PlaygroundState } from '../playground.ts';
import type { SavedRun } from '../saved-run.ts';
import { parseHash } from '../url.ts';
import type { RunClaim, RunStore } from './browser.ts';
import { keepsNow } from './keep-now.ts';
import type { KeptNote, KeptOffer, KeptSession } from './kept.ts';
import { bytesOf, noteOf, runToKeep } from './kept-run.ts';
import { keptSession, soundNotes } from './sound.ts';

/** While a run trains it is kept every so many ms; a large one more seldom, with so many bytes a ms at most. */
const REST_MS = 3000;
const BYTES_PER_MS = 1000;
/** Share of the page's time that keeping may take. */
const TIME_SHARE = 0.03;
/** Larger runs are not kept. */
export const MOST_KEPT_BYTES = 64e6;
/** Most runs that are kept for pages that are closed; older ones are removed. */
export const MOST_KEPT = 3;

/** Why a run is not kept, or not gone on with: storage refuses, has no room, the run is too large, another page has it. */
export type KeepingFault =
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'full' }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'large'; readonly bytes: number; readonly most: number }
  | { readonly kind: 'unusable'; readonly message: string };

interface KeepingOptions {
  readonly store: RunStore;
  readonly claim: RunClaim;
  /** Which run this tab kept last, and whether its page was left since: one that crashed was not. */
  readonly tab: { last: string | undefined; left: boolean };
  /** A kept run, checked as a run file is. @throws Error naming what cannot be used */
  readonly check: (run: SavedRun) => Promise<SavedRun>;
  /** Each kind of fault of keeping is told once. */
  readonly tell: (fault: KeepingFault) => void;
  readonly now?: () => number;
  readonly later?: (then: () => void, ms: number) => ReturnType<typeof setTimeout>;
}

const freshId = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

/**
 * Keeps the page's run beyond the page: every few seconds while it trains, and when it comes to rest. Offers the run of a page that
 * was closed. Each page keeps under an id of its own, which is taken while it is open, so that no page writes over another's run.
 */
export function createKeeping(
  { app, lane, actions }: Playground,
  { store, claim, tab, check, tell, now = () => performance.now(), later = setTimeout }: KeepingOptions,
) {
  let id = freshId();
  let giveUp: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let [last, rest] = [Number.NEGATIVE_INFINITY, REST_MS];
  /** What was kept last, or is about to be: it is not kept again. */
  let lastSave: { readonly run: KeptSession; readonly outcome: Promise<boolean> } | undefined;
  /** The kept run that was gone on with: it goes once the page's own is kept in its place. */
  let replaced: string | undefined;
  /** A kept run is asked for; from `opening` on it takes the place of the page's, and nothing is kept meanwhile. */
  let requested = false;
  let opening = false;
  let disposed = false;
  const faultKinds = new Set<KeepingFault['kind']>();

  const tellOnce = (fault: KeepingFault) => {
    if (faultKinds.has(fault.kind) || disposed) return;
    faultKinds.add(fault.kind);
    tell(fault);
  };

  async function take(): Promise<void> {
    const mine = id;
    const release = await claim.take(mine);
    if (release && mine === id && !disposed) giveUp = release;
    else if (release) release();
    // A page that came back after its run was opened elsewhere.
    else if (mine === id) {
      id = freshId();
      await take();
    }
  }
  const inLesson = () => app.getState().presentation.lesson !== undefined;
  const release = () => {
    giveUp?.();
    giveUp = undefined;
  };

  /** What is kept from here on is another run. */
  function renewId(): void {
    release();
    id = freshId();
    lastSave = undefined;
    void take();
  }

  /** Kept runs of pages that are closed, the one of this tab first, then the newest. */
  async function free(): Promise<KeptNote[]> {
    const [notes, openIds] = await Promise.all([store.list(), claim.taken()]);
    const mine = tab.last;
    return soundNotes(notes)
      .filter((note) => note.id !== id && !openIds.has(note.id))
      .sort((a, b) => Number(b.id === mine) - Number(a.id === mine) || b.at - a.at);
  }

  /** Keeps the run as it stands; true once it is kept. */
  async function save(): Promise<boolean> {
    clearTimeout(timer);
    timer = undefined;
    if (opening || disposed) return false;
    // Runs of lessons are made anew by their scenes.
    if (inLesson()) return lastSave?.outcome ?? false;
    return saveAs(app.getState());
  }

  /** Keeps the run as the page has it. */
  async function saveAs(state: PlaygroundState): Promise<boolean> {
    const start = now();
    const run = runToKeep(state, lane);
    // What was kept before stays: a run that was moved back is there as it was at its end.
    if (!run) return lastSave?.outcome ?? false;
    if (lastSave && isSame(lastSave.run, run)) return lastSave.outcome;
    last = start;
    const outcome = put(run, state);
    rest = Math.max(REST_MS, bytesOf(run) / BYTES_PER_MS, (now() - start) / TIME_SHARE);
    lastSave = { run, outcome };
    if (!(await outcome) && lastSave?.run === run) lastSave = undefined;
    return outcome;
  }

  async function put(run: KeptSession, { status, comparison }: PlaygroundState): Promise<boolean> {
    const bytes = bytesOf(run);
    if (bytes > MOST_KEPT_BYTES) {
      tellOnce({ kind: 'large', bytes, most: MOST_KEPT_BYTES });
      return false;
    }
    const note = noteOf(run, id, Date.now(), { playing: status === 'playing', blind: comparison.blind });
    // Noted first: the page may be gone before the browser says that it is kept.
    tab.last = note.id;
    const older = replaced;
    try {
      await store.save(note, run, older).catch(async (error) => {
        if (!isFull(error)) throw error;
        // Older runs make room.
        await store.remove((await free()).map((other) => other.id));
        await store.save(note, run, older);
      });
      if (replaced === older) replaced = undefined;
      return true;
    } catch (error) {
      tellOnce({ kind: isFull(error) ? 'full' : 'forbidden' });
      return false;
    }
  }

  /** A lane was told anew: what has come since is kept when its time has come. */
  function follow(): void {
    if (opening || disposed) return;
    const wait = last + rest - now();
    // Timers of a page out of sight come late; what the worker tells does not.
    if (wait <= 0) queueMicrotask(() => last + rest <= now() && void save());
    else timer ??= later(() => void save(), wait);
  }

  /**
   * Offers a run of a page that was closed, and removes those that are too many. A page that was loaded again goes on with its run
   * unasked.
   */
  async function look(reloaded = false): Promise<void> {
    const again = reloaded && tab.left;
    tab.left = false;
    try {
      const notes = await free();
      if (disposed) return;
      const [note] = notes;
      const unasked = again && note?.id === tab.last && !inLesson() && app.getState().status !== 'playing';
      if (note && unasked) await goOn(note, true);
      else app.setState({ offer: note && offerOf(note) });
      await store.remove(notes.slice(MOST_KEPT).map((note) => note.id));
    } catch {
      // Nothing can be read: the first run that cannot be kept says so.
    }
  }

  const withdraw = (note: KeptNote) =>
    app.getState().offer?.id === note.id && app.setState({ offer: undefined });

  const offerOf = (note: KeptNote): KeptOffer => ({
    ...note,
    goOn: () => goOn(note),
    notNow: () => void withdraw(note),
    async forget() {
      withdraw(note);
      try {
        await store.remove([note.id]);
      } catch {
        tellOnce({ kind: 'forbidden' });
      }
    },
  });

  /**
   * @param reloaded the page's address is newer than what was kept: what is looked at is its, and the run is only gone on with
   * unasked if it is the address' own
   */
  async function goOn(note: KeptNote, reloaded = false): Promise<void> {
    if (requested) return;
    requested = true;
    let giveBack: (() => void) | undefined;
    try {
      giveBack = await claim.take(note.id);
      const kept = giveBack && (await store.load(note.id));
      if (!kept) {
        tell({ kind: 'elsewhere' });
        await look();
        return;
      }
      const run = keptSession(kept);
      const runs = await Promise.all(run.lanes.map(({ run }) => check(run)));
      const { comparison, page, presentation } = parseHash(run.hash);
      if (comparison.lanes.length !== runs.length - 1)
        throw new Error(`${runs.length} lanes are kept, and settings of ${comparison.lanes.length + 1}`);
      const here = app.getState();
      if (reloaded && !isSameRun(run.hash, runHash(here, lane.getState()))) {
        app.setState({ offer: offerOf(note) });
        return;
      }
      // What the page has trained meanwhile stays as well, as a run of its own.
      await save();
      opening = true;
      renewId();
      if (!reloaded) {
        if (page.engine !== here.engineChoice) await actions.setEngine(page.engine);
        // How the page is looked at stays: a run of an embedded page does not take the header away.
        const { view, hide } = here.presentation;
        app.setState({ pace: page.pace, presentation: { ...presentation, view, hide } });
      }
      app.setState({ offer: undefined });
      const lanes = run.lanes.map(({ held }, i) => ({ run: runs[i], held }));
      await actions.load(lanes[0].run, {
        comparison: () => ({ ...(reloaded ? app.getState().comparison : comparison), set: run.set }),
        lanes: lanes.slice(1),
        held: lanes[0].held,
      });
      opening = false;
      replaced = note.id;
      await save();
      if (note.playing && app.getState().status === 'ready') await actions.play();
    } catch (error) {
      tell({ kind: 'unusable', message: error instanceof Error ? error.message : String(error) });
    } finally {
      requested = false;
      opening = false;
      giveBack?.();
    }
  }

  /** Lanes that are followed, and how that ends. */
  const unsubscribe = new Map<unknown, () => void>();
  function followLanes(): void {
    const { lanes } = app.getState();
    for (const [store, stop] of unsubscribe)
      if (!(lanes as readonly unknown[]).includes(store)) {
        stop();
        unsubscribe.delete(store);
      }
    for (const store of lanes)
      if (!unsubscribe.has(store))
        unsubscribe.set(
          store,
          store.subscribe((state, before) => state.state !== before.state && follow()),
        );
  }

  void take();
  followLanes();
  const stop = app.subscribe((state, before) => {
    if (state.lanes !== before.lanes) followLanes();
    if (state.status !== before.status && before.status === 'playing') void save();
    const wasInLesson = before.presentation.lesson !== undefined;
    if (inLesson() === wasInLesson) return;
    // What was kept before a lesson stays a run of its own, and is offered after it.
    if (wasInLesson) void look();
    else {
      // The scene has not touched it yet.
      if (!opening && !disposed) void saveAs(before);
      if (lastSave) renewId();
    }
  });
  keepsNow(save);

  return {
    save,
    look,
    /** The page goes, perhaps for good. */
    leave() {
      tab.left = true;
      const saving = save();
      release();
      return saving;
    },
    /** The page is back as it was. */
    back: () => take(),
    dispose() {
      disposed = true;
      keepsNow(undefined);
      clearTimeout(timer);
      stop();
      for (const end of unsubscribe.values()) end();
      release();
    },
  };
}

/** Whether nothing has happened to a run since it was kept. */
function isSame(a: KeptSession, b: KeptSession): boolean {
  return (
    a.hash === b.hash &&
    a.lanes.length === b.lanes.length &&
    a.lanes.every(({ run, held }, i) => run.state === b.lanes[i].run.state && held === b.lanes[i].held)
  );
}

/** Whether two links lead to the same losses, however they are looked at. */
function isSameRun(a: string, b: string): boolean {
  const [one, other] = [a, b].map((hash) => {
    const { pinned, planned, comparison } = parseHash(hash);
    return JSON.stringify([pinned, planned, comparison.lanes]);
  });
  return one === other;
}

const isFull = (error: unknown): boolean => (error as Error | undefined)?.name === 'QuotaExceededError';
