import type { Notice, Playground } from '../../state/playground.ts';
import { formatHash, type ParsedHash, parseHash } from '../../state/url.ts';
import { onlyAvailable } from '../experiments.ts';

/** What a link says, without experiments that cannot be shown. */
export function readHash(hash: string): ParsedHash {
  const { pinned, page, faults } = parseHash(hash);
  const available = onlyAvailable(pinned);
  return { pinned: available.pinned, page, faults: [...faults, ...available.faults] };
}

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
export function syncHash({ app, actions }: Playground): () => void {
  const write = () => {
    const { pinned, engineChoice: engine, pace } = app.getState();
    const hash = formatHash(pinned, { engine, pace });
    if (hash !== location.hash) history.replaceState(null, '', hash || location.pathname + location.search);
  };
  const read = async () => {
    const { pinned, page, faults } = readHash(location.hash);
    const state = app.getState();
    if (page.engine !== state.engineChoice) void actions.setEngine(page.engine);
    if (page.pace !== state.pace) void actions.setPace(page.pace);
    await actions.replace(pinned);
    const notice = faultNotice(faults);
    if (notice) actions.notify(notice.kind, notice.text);
    write();
  };
  const stop = app.subscribe((state, before) => {
    if (
      state.pinned !== before.pinned ||
      state.engineChoice !== before.engineChoice ||
      state.pace !== before.pace
    )
      write();
  });
  addEventListener('hashchange', read);
  write();
  return () => {
    stop();
    removeEventListener('hashchange', read);
  };
}
