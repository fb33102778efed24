import { describe, expect, it, vi } from 'vitest';
import { arriving, NotArrived } from './arriving.ts';

const SITE = 'https://example.org/assets/';
const missing = (file: string) => async (): Promise<{ part: string }> => {
  throw new TypeError(`Failed to fetch dynamically imported module: ${SITE}${file}`);
};

describe('a module that does not arrive', () => {
  it('is named, and asked for under a new address each time after that, until it arrives', async () => {
    const load = missing('Share-1.js');
    const asked: string[] = [];
    let online = false;
    const ask = async (address: string) => {
      asked.push(address);
      if (!online) throw new TypeError(`Failed to fetch dynamically imported module: ${address}`);
      return { part: 'share' };
    };
    const first = await arriving(load, ask).catch((error) => error);
    expect(first).toBeInstanceOf(NotArrived);
    expect(first).toMatchObject({ address: `${SITE}Share-1.js`, message: 'Share-1.js did not arrive' });
    expect(asked).toEqual([]);
    await expect(arriving(load, ask)).rejects.toMatchObject({ address: `${SITE}Share-1.js` });
    online = true;
    expect(await arriving(load, ask)).toEqual({ part: 'share' });
    expect(asked).toEqual([`${SITE}Share-1.js?again=1`, `${SITE}Share-1.js?again=2`]);
  });

  it('is one module for all who ask for it', async () => {
    const load = missing('Figures-1.js');
    const ask = vi.fn(async () => ({ part: 'figures' }));
    await expect(arriving(load, ask)).rejects.toThrow('Figures-1.js');
    const [a, b] = await Promise.all([arriving(load, ask), arriving(load, ask)]);
    expect(b).toBe(a);
    expect(await arriving(load, ask)).toBe(a);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('is told apart from one that fails itself', async () => {
    const broken = async () => {
      throw new RangeError('no such thing');
    };
    await expect(arriving(broken)).rejects.toThrow(RangeError);
  });

  it('may have no name', async () => {
    const safari = async () => {
      throw new TypeError('Importing a module script failed.');
    };
    await expect(arriving(safari)).rejects.toThrow('A file of the page did not arrive');
  });
});
