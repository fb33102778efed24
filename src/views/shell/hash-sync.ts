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

/** Keeps address and settings alike: settings are written to the hash, a changed hash is taken over. */
export function syncHash({ app, lane, actions }: Playground): () => void {
  let due = 0;
  let known = location.hash;
  const write = () => {
    cancelAnimationFrame(due);
    due = 0;
    // A link that was followed a moment ago is read first: its event is on the way.
    if (location.hash !== known) return;
    const hash = runHash(app.getState(), lane.getState());
    if (hash !== location.hash) history.replaceState(null, '', hash || location.pathname + location.search);
    known = location.hash;
  };
  // A browser takes long over an address: the frame that answers an input comes first. Out of sight there are none.
  const writeSoon = () => {
    if (document.hidden) write();
    else due ||= requestAnimationFrame(() => setTimeout(writeDue));
  };
  const writeDue = () => {
    if (due) write();
  };
  const read = async () => {
    cancelAnimationFrame(due);
    due = 0;
    known = location.hash;
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
