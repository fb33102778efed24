import { describe, expect, it } from 'vitest';
import { formatLetters, parseLetters, randomSlots, seededRandom, slotsOf } from './slots.ts';
import { parseHash } from './url.ts';

const ids = ['main', 'lane2', 'lane3', 'lane4'];

describe('slots', () => {
  it('are taken in order and kept when others are given up', () => {
    expect(slotsOf(ids)).toEqual({ main: 0, lane2: 1, lane3: 2, lane4: 3 });
    const { lane2: _, ...left } = slotsOf(ids);
    expect(slotsOf(['main', 'lane3', 'lane4'], left)).toEqual({ main: 0, lane3: 2, lane4: 3 });
    expect(slotsOf(['main', 'lane3', 'lane4', 'lane5'], left).lane5).toBe(1);
  });

  it('are drawn evenly: every lane stands everywhere as often', () => {
    const random = seededRandom(5);
    const counts = ids.map(() => ids.map(() => 0));
    for (let n = 0; n < 4000; n++) {
      const slots = randomSlots(ids, random);
      expect(new Set(Object.values(slots))).toEqual(new Set([0, 1, 2, 3]));
      ids.forEach((id, i) => {
        counts[i][slots[id]]++;
      });
    }
    // 1000 each, with a standard deviation of 27.
    for (const count of counts.flat()) expect(Math.abs(count - 1000)).toBeLessThan(140);
  });

  it('are letters in a link', () => {
    expect(formatLetters(ids)).toBe('ABCD');
    expect(formatLetters(ids, { main: 2, lane2: 0, lane3: 1, lane4: 3 })).toBe('CABD');
    expect(parseLetters('CABD', ids, 10)).toEqual({ main: 2, lane2: 0, lane3: 1, lane4: 3 });
    expect(parseLetters('ACEJ', ids, 10)).toEqual({ main: 0, lane2: 2, lane3: 4, lane4: 9 });
    for (const wrong of ['CAB', 'CAAD', 'CABK', 'cabd', 'CABDE'])
      expect(parseLetters(wrong, ids, 10)).toBeUndefined();
  });
});

describe('a link', () => {
  it('that is blind and says no letters has them drawn by its seed, and not with the main lane first at seed 1', () => {
    const orders = [1, 2, 3, 4].map((seed) =>
      [2, 3, 4].map((n) => {
        const hash = `#seed=${seed}&lanes=${Array(n - 1).fill('same')}&blind=true`;
        const { slots } = parseHash(hash).comparison;
        expect(parseHash(hash).comparison.slots).toEqual(slots);
        return formatLetters(ids.slice(0, n), slots);
      }),
    );
    for (const order of orders[0]) expect(order[0]).not.toBe('A');
    expect(new Set(orders.map(String)).size).toBeGreaterThan(2);
  });

  it('names letters that do not fit', () => {
    const { comparison, faults } = parseHash('#lanes=scope=L&letters=AA');
    expect(comparison.slots).toBeUndefined();
    expect(faults).toEqual([
      expect.stringMatching(/letters: “AA” is not allowed; allowed: a letter from A to J/),
    ]);
  });
});
