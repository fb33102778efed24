import { afterEach, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Playground } from '../../state/playground.ts';
import { syncHash } from './hash-sync.ts';

vi.mock('../../state/link.ts', () => ({ runHash: (app: { pinned: string }) => app.pinned }));

afterEach(() => vi.unstubAllGlobals());

it('reads a hash that was just set before it writes one, whatever was due to be written', async () => {
  const frames: (() => void)[] = [];
  const events = new Map<string, () => Promise<void>>();
  const location = { hash: '', pathname: '/', search: '' };
  vi.stubGlobal('location', location);
  vi.stubGlobal('history', {
    replaceState(_state: unknown, _title: string, url: string) {
      location.hash = url.startsWith('#') ? url : '';
    },
  });
  vi.stubGlobal('document', { hidden: false, addEventListener: () => {} });
  vi.stubGlobal('addEventListener', (type: string, listener: () => Promise<void>) =>
    events.set(type, listener),
  );
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
  vi.stubGlobal('cancelAnimationFrame', () => {});
  vi.stubGlobal('setTimeout', (then: () => void) => then());
  const app = createStore(() => ({ pinned: '' }));
  const warn = vi.fn();
  const open = vi.fn();
  const actions = { open, warn, setEngine: () => {}, setPace: () => {} };
  syncHash({ app, lane: createStore(() => ({})), actions } as unknown as Playground);

  app.setState({ pinned: '#seed=2' });
  frames.pop()?.();
  expect(location.hash).toBe('#seed=2');

  app.setState({ pinned: '#seed=3' });
  location.hash = '#zebra=1';
  frames.pop()?.();
  expect(location.hash).toBe('#zebra=1');
  await events.get('hashchange')?.();
  expect(open).toHaveBeenCalledOnce();
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('“zebra” is not a setting'));
  expect(location.hash).toBe('#seed=3');
});
