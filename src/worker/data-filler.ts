import type { DataProgress, DataSamples } from '../problems/problem.ts';
import type { Pulse } from '../training/pulse.ts';
import type { Lanes } from './lane.ts';
import type { LaneId } from './protocol.ts';

/** Length of a slice of solving between other work: about half of the time, until all is solved. */
const SLICE_MS = 30;

interface FillerHost {
  now(): number;
  /** A lane's data have grown. */
  grown(lane: LaneId, progress: DataProgress, samples: () => DataSamples): void;
  /** A lane has all of its data. */
  completed(lane: LaneId): void;
}

/** Solves the functions that lanes' data still miss, beside the training. */
export class DataFiller {
  constructor(
    private readonly lanes: Lanes,
    private readonly host: FillerHost,
  ) {}

  /** One slice; false when nothing is missing. @throws RangeError of a solver */
  slice(): boolean {
    for (const [id, { run }] of this.lanes) {
      const { stream } = run;
      if (!stream) continue;
      const start = this.host.now();
      while (stream.advance() && this.host.now() - start < SLICE_MS);
      this.host.grown(id, stream.progress, () => stream.samples);
      this.takeOver();
      return true;
    }
    return false;
  }

  /** Everything that is missing: before errors on all test functions. @throws RangeError of a solver, Interrupted */
  async finish(pulse: Pulse): Promise<void> {
    while (this.slice()) await pulse();
  }

  /** Lanes whose data are complete go on with them. */
  private takeOver(): void {
    for (const [id, { run }] of this.lanes) {
      if (!run.stream?.complete) continue;
      run.renewData();
      this.host.completed(id);
    }
  }
}
