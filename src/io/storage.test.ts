import { afterEach, describe, expect, it, vi } from 'vitest';
import { browserClaim } from '../state/board/claim.ts';
import { browserKeeper } from '../state/board/keeper.ts';
import { store, stored } from './storage.ts';

afterEach(() => vi.unstubAllGlobals());
const forbid = () => {
  throw new DOMException('The operation is insecure.', 'SecurityError');
};

describe('a browser that keeps nothing', () => {
  it('is told of once, and nothing fails', async () => {
    // Another file's tests may have had it told already.
    vi.resetModules();
    const { onForbidden, store, stored } = await import('./storage.ts');
    vi.stubGlobal('localStorage', { getItem: forbid, setItem: forbid, removeItem: forbid });
    let told = 0;
    onForbidden(() => told++);
    expect(stored('a')).toBeNull();
    expect(told).toBe(0);
    store('a', '1');
    store('b', undefined);
    store('a', '2');
    expect(told).toBe(1);
    expect(stored('a')).toBeNull();
  });

  it('is told of, also when the very access throws', () => {
    const scope = Object.create(globalThis, { localStorage: { get: forbid } });
    expect(() => scope.localStorage).toThrow('insecure');
    Object.defineProperty(globalThis, 'localStorage', { configurable: true, get: forbid });
    expect(stored('a')).toBeNull();
    expect(() => store('a', '1')).not.toThrow();
    Reflect.deleteProperty(globalThis, 'localStorage');
  });

  it('rejects the board’s store instead of throwing', async () => {
    vi.stubGlobal('indexedDB', { open: forbid });
    await expect(browserKeeper().load()).rejects.toThrow('insecure');
  });

  it('has no locks: the board is this tab’s', async () => {
    for (const locks of [
      { request: forbid },
      { request: () => Promise.reject(new DOMException('no', 'SecurityError')) },
    ]) {
      let granted = 0;
      browserClaim(locks as unknown as LockManager)({ granted: () => granted++, elsewhere: () => undefined });
      await vi.waitFor(() => expect(granted).toBe(1));
    }
    vi.stubGlobal('navigator', Object.create(null, { locks: { get: forbid } }));
    let granted = 0;
    browserClaim()({ granted: () => granted++, elsewhere: () => undefined });
    await vi.waitFor(() => expect(granted).toBe(1));
  });
});
