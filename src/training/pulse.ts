/**
 * Called by long work between two of its pieces, none of which should take more than some 25 ms: whoever waits then has a turn.
 * Mostly there is nothing to wait for. Rejects with `Interrupted` when the work is wanted no longer: what it did so far is
 * dropped, and nothing that it was given has changed.
 */
export type Pulse = () => Promise<void> | undefined;

/** The work was given up for something that was asked for meanwhile. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  constructor(message = 'interrupted') {
    super(message);
  }
}

/** Aimed length of a piece of long work in ms. */
export const PIECE_MS = 25;

/** So many units of work fill a piece of `aimMs`, when `done` of them took `ms`: growth is cautious, as first pieces are short. */
export function nextPiece(done: number, ms: number, aimMs = PIECE_MS): number {
  return Math.max(1, Math.floor(done * Math.min(8, aimMs / Math.max(ms, 1e-3))));
}
