import { describe, expect, it } from 'vitest';
import { LINK_KEYS, parseHash } from '../state/url.ts';
import { withLostHash } from './lost-hash.ts';

describe('links that lost their #', () => {
  const ORIGIN = 'https://example.org';
  /** Where the page's first script takes an address. */
  const settled = (address: string) => withLostHash(new URL(address, ORIGIN), LINK_KEYS) ?? address;

  it.each([
    ['/?gradient=RFG&K=4', '/#gradient=RFG&K=4'],
    ['/site/?gradient=RFG', '/site/#gradient=RFG'],
    ['/site/%23gradient=RFG', '/site/#gradient=RFG'],
    ['/%23gradient%3DRFG%26K%3D4', '/#gradient%3DRFG%26K%3D4'],
    ['/index.html?utm_source=mail&gradient=RFG', '/index.html?utm_source=mail#gradient=RFG'],
    ['/?gradient=RFG#K=4', '/#gradient=RFG&K=4'],
  ])('%s is read as %s', (address, right) => {
    expect(settled(address)).toBe(right);
    expect(parseHash(new URL(right, ORIGIN).hash)).toMatchObject({ pinned: { gradient: 'RFG' }, faults: [] });
  });

  it.each(['/', '/#gradient=RFG', '/?fbclid=abc', '/site/index.html?v=2#K=4', '/my-rate=2/'])(
    '%s stays',
    (address) => {
      expect(settled(address)).toBe(address);
    },
  );
});
