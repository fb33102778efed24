import { runHash } from '../../state/link.ts';
import type { Notice, Playground } from '../../state/playground.ts';
import { parseHash } from '../../state/url.ts';

/** A warning that names everything in a link that was left out. */
export function faultNotice(faults: readonly string[]): Notice | undefined {
  if (faults.length === 0) return undefined;
  const [intro, list] =
    faults.length === 1
      ? ['Left out of the link – ', faults[0]]
      : ['Left out of the link:\n', faults.map((fault) => `• ${fault}`).join('\n')];
  return { kind: 'warning', text: intro + list };
}

const LONGEST_MS = 1000;
const BRIEFLY_MS = 50;
/** Not every browser tells when it is idle. */
const idle = 'requestIdleCallback' in globalThis;
const whenIdle = (act: () => void): number =>
  idle ? requestIdleCallback(act, { timeout: LONGEST_MS }) : window.setTimeout(act, BRIEFLY_MS);
const cancelIdle = (id: number) => (idle ? cancelIdleCallback(id) : clearTimeout(id));

/** Keeps address and settings alike: settings are written to the hash, a changed hash is taken over. */
export function syncHash({ app, lane, actions }: Playground): () => void {
  let due = 0;
  const write = () => {
    cancelIdle(due);
    due = 0;
    const hash = runHash(app.getState(), lane.getState());
    if (hash !== location.hash) history.replaceState(null, '', hash || location.pathname + location.search);
  };
  // A browser takes long over an address: what answers an input comes first.
  const writeSoon = () => {
    due ||= whenIdle(write);
  };
  const writeDue = () => {
    if (due) write();
  };
  const read = async () => {
    cancelIdle(due);
    due = 0;
    const link = parseHash(location.hash);
    const { page, faults } = link;
    const state = app.getState();
    if (page.engine !== state.engineChoice) void actions.setEngine(page.engine);
    if (page.pace !== state.pace) void actions.setPace(page.pace);
    await actions.open(link);
    const notice = faultNotice(faults);
    if (notice) actions.warn(notice.text);
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
  addEventListener('hashchange', read);
  document.addEventListener('visibilitychange', writeDue);
  addEventListener('pagehide', writeDue);
  write();
  return () => {
    stop();
    stopLane();
    removeEventListener('hashchange', read);
    document.removeEventListener('visibilitychange', writeDue);
    removeEventListener('pagehide', writeDue);
    writeDue();
  };
}
