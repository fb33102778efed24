import type { LaneId } from '../worker/protocol.ts';

/** Place of a lane, 0 … 9: its letter, colour, dash and marker. It is the lane's for good, whatever becomes of others. */
export type Slots = Readonly<Record<LaneId, number>>;

/** A, B, C … */
export const letterOf = (slot: number): string => String.fromCharCode(65 + slot);

/** The slot of every lane; those that have none yet take the first ones that are free. */
export function slotsOf(ids: readonly LaneId[], fixed: Slots = {}): Slots {
  const slots: Record<LaneId, number> = {};
  for (const id of ids) if (fixed[id] !== undefined) slots[id] = fixed[id];
  const occupied = new Set(Object.values(slots));
  for (const id of ids) {
    if (slots[id] !== undefined) continue;
    let free = 0;
    while (occupied.has(free)) free++;
    slots[id] = free;
    occupied.add(free);
  }
  return slots;
}

/** Slots in an order that is drawn: each of them is as likely as any other, so that no place says which lane it is. */
export function randomSlots(ids: readonly LaneId[], random: () => number = Math.random): Slots {
  const order = [...ids];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return Object.fromEntries(order.map((id, slot) => [id, slot]));
}

/** Numbers in [0, 1) that a seed decides: for a blind link that was written by hand and says no order. */
export function seededRandom(seed: number): () => number {
  let state = Math.imul(seed + 4, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let h = Math.imul(state ^ (state >>> 15), state | 1);
    h ^= h + Math.imul(h ^ (h >>> 7), h | 61);
    return ((h ^ (h >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `CAB`: the letters of the lanes in the order in which a link names them. */
export function formatLetters(ids: readonly LaneId[], fixed?: Slots): string {
  const slots = slotsOf(ids, fixed);
  return ids.map((id) => letterOf(slots[id])).join('');
}

/** Inverse of `formatLetters`; undefined unless every lane has a letter of its own among the first `most`. */
export function parseLetters(text: string, ids: readonly LaneId[], most: number): Slots | undefined {
  const slots = [...text].map((letter) => letter.charCodeAt(0) - 65);
  const fits = slots.length === ids.length && new Set(slots).size === ids.length;
  if (!fits || slots.some((slot) => slot < 0 || slot >= most)) return undefined;
  return Object.fromEntries(ids.map((id, i) => [id, slots[i]]));
}
