import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Playground } from '../state/playground.ts';
import { syncHash } from './hash-sync.ts';

vi.mock('../state/link.ts', () => ({ runHash: (app: { pinned: string }) => app.pinned }));

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
  const app = createStore(() => ({ pinned: '', presentation: {} }));
  const warn = vi.fn();
  const open = vi.fn(async () => {
    // What is set before the link's run stands is not yet what the link says.
    app.setState({ pinned: '#seed=3&view=embed' });
    frames.pop()?.();
    expect(location.hash).toBe('#zebra=1');
    app.setState({ pinned: '#seed=3' });
  });
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

it('writes a scene as an address of its own, and opens the scene of an address', async () => {
  const events = new Map<string, () => Promise<void>>();
  const location = { hash: '', pathname: '/', search: '' };
  const addresses: string[] = [''];
  const go = (url: string) => {
    location.hash = url.startsWith('#') ? url : '';
  };
  vi.stubGlobal('location', location);
  vi.stubGlobal('history', {
    replaceState(_state: unknown, _title: string, url: string) {
      go(url);
      addresses[addresses.length - 1] = location.hash;
    },
    pushState(_state: unknown, _title: string, url: string) {
      go(url);
      addresses.push(location.hash);
    },
  });
  vi.stubGlobal('document', { hidden: true, addEventListener: () => {} });
  vi.stubGlobal('addEventListener', (type: string, listener: () => Promise<void>) =>
    events.set(type, listener),
  );
  vi.stubGlobal('cancelAnimationFrame', () => {});
  const warn = vi.fn();
  const app = createStore<{ pinned: string; presentation: Record<string, unknown> }>(() => ({
    pinned: '',
    presentation: { view: 'full', inside: 'cost' },
  }));
  syncHash({ app, lane: createStore(() => ({})), actions: { warn } } as unknown as Playground);
  app.setState({ pinned: '#seed=2' });
  app.setState({ pinned: '#lesson=3.1' });
  app.setState({ pinned: '#view=embed&lesson=3.1' });
  app.setState({ pinned: '#view=embed&lesson=3.2' });
  expect(addresses).toEqual(['#seed=2', '#view=embed&lesson=3.1', '#view=embed&lesson=3.2']);
  // A link that was pressed names its first scene in short: no address more.
  addresses.push('#lesson=3');
  go('#lesson=3');
  app.setState({ pinned: '#lesson=3.1' });
  await events.get('hashchange')?.();
  expect(addresses.slice(3)).toEqual(['#lesson=3.1']);
  go('#view=embed&lesson=3.1');
  await events.get('hashchange')?.();
  expect(app.getState().presentation).toEqual({
    view: 'embed',
    inside: 'cost',
    lesson: { lesson: 3, scene: 1 },
  });

  // One that is not there leaves no address to go back to, from which one would be sent on again.
  const { length } = addresses;
  go('#lesson=3.40&zebra=1');
  addresses.push(location.hash);
  app.setState({ pinned: '#lesson=3.40' });
  await events.get('hashchange')?.();
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('zebra'));
  app.setState({
    pinned: '#lesson=3.6',
    presentation: { lesson: { lesson: 3, scene: 6, corrected: true } },
  });
  expect(addresses.slice(length)).toEqual(['#lesson=3.6']);
});

describe('a browser that limits how often the address may change', () => {
  /** Times at which the address was asked to change. */
  let asked: number[];
  let location: { hash: string; pathname: string; search: string };
  let refuses: () => 'throws' | 'passes over' | undefined;
  let leave: () => void;
  let app: StoreApi<{ pinned: string; presentation: object }>;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    asked = [];
    refuses = () => undefined;
    location = { hash: '', pathname: '/', search: '' };
    app = createStore(() => ({ pinned: '', presentation: {} }));
    vi.stubGlobal('location', location);
    vi.stubGlobal('history', {
      replaceState(_state: unknown, _title: string, url: string) {
        asked.push(performance.now());
        const refused = refuses();
        if (refused === 'throws')
          throw new DOMException('Attempt to use history.replaceState()', 'SecurityError');
        if (!refused) location.hash = url.startsWith('#') ? url : '';
      },
    });
    vi.stubGlobal('document', { hidden: false, addEventListener: () => {} });
    vi.stubGlobal('addEventListener', (type: string, listener: () => void) => {
      if (type === 'pagehide') leave = listener;
    });
    vi.stubGlobal('requestAnimationFrame', (frame: () => void) => setTimeout(frame, 16));
    vi.stubGlobal('cancelAnimationFrame', clearTimeout);
    syncHash({ app, lane: createStore(() => ({})), actions: {} } as unknown as Playground);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('Safari’s 100 in 30 s are never asked for, and the last address stands soon', () => {
    refuses = () =>
      asked.filter((at) => at > performance.now() - 30_000).length > 100 ? 'throws' : undefined;
    for (let seed = 1; seed <= 600; seed++) {
      app.setState({ pinned: `#seed=${seed}` });
      vi.advanceTimersByTime(100);
    }
    for (const at of asked) expect(asked.filter((t) => t > at - 30_000 && t <= at).length).toBeLessThan(100);
    expect(asked.length).toBeGreaterThan(100);
    vi.advanceTimersByTime(1000);
    expect(location.hash).toBe('#seed=600');
  });

  it('a few changes in a row are written at once', () => {
    for (let seed = 1; seed <= 10; seed++) {
      app.setState({ pinned: `#seed=${seed}` });
      vi.advanceTimersByTime(20);
      expect(location.hash).toBe(`#seed=${seed}`);
    }
  });

  it.each(['throws', 'passes over'] as const)(
    'one that %s: the latest is tried again, more and more seldom',
    (way) => {
      refuses = () => way;
      app.setState({ pinned: '#seed=2' });
      vi.advanceTimersByTime(100);
      expect(asked).toHaveLength(1);
      app.setState({ pinned: '#seed=3' });
      vi.advanceTimersByTime(600_000);
      expect(asked.length).toBeGreaterThan(5);
      expect(asked.length).toBeLessThan(20);
      expect(location.hash).toBe('');
      refuses = () => undefined;
      vi.advanceTimersByTime(60_000);
      expect(location.hash).toBe('#seed=3');
      const { length } = asked;
      vi.advanceTimersByTime(600_000);
      expect(asked).toHaveLength(length);
    },
  );

  it('what waits is written when the page goes', () => {
    for (let seed = 1; seed <= 60; seed++) {
      app.setState({ pinned: `#seed=${seed}` });
      vi.advanceTimersByTime(20);
    }
    expect(location.hash).not.toBe('#seed=60');
    leave();
    expect(location.hash).toBe('#seed=60');
  });
});
