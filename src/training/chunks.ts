import type { AdvanceRequest, Chunk, Engine } from './engine.ts';
import { nextPiece } from './pulse.ts';

/** Steps that are done at once: as many as take about `aimMs`; one at first, since nobody knows how long one takes. */
export class ChunkSize {
  steps = 1;

  constructor(
    private readonly aimMs: number,
    readonly now: () => number = () => performance.now(),
  ) {}

  /** So many steps took `ms`. */
  learn(steps: number, ms: number): void {
    this.steps = nextPiece(steps, ms, this.aimMs);
  }
}

/** A chunk, and the time that it took, in ms. */
interface TimedChunk extends Chunk {
  readonly ms: number;
}

/** Trains a run up to step `end`, chunk by chunk; the last chunk of one that diverges says so. @throws as the engine does */
export async function* chunksUntil(
  engine: Pick<Engine, 'advance'>,
  { task, state }: AdvanceRequest,
  end: number,
  size: ChunkSize,
): AsyncGenerator<TimedChunk, void> {
  for (let at = state; at.step < end; ) {
    const steps = Math.min(size.steps, end - at.step);
    const start = size.now();
    const [chunk] = await engine.advance([{ task, state: at }], steps);
    const ms = size.now() - start;
    size.learn(steps, ms);
    at = chunk.state;
    yield { ...chunk, ms };
    if (chunk.divergedAt !== undefined) return;
  }
}
