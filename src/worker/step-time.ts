import { median } from '../snn/statistics.ts';
import type { AdvanceRequest, Engine } from '../training/engine.ts';

/** Aimed length of a sample: long beside the resolution of a clock, short beside what a control may wait. */
const SAMPLE_MS = 10;
/** A sample shorter than this says little: the next one has more steps. */
const LEAST_SAMPLE_MS = SAMPLE_MS / 2;
const MOST_STEPS = 256;
const MOST_SAMPLES = 9;
/** Time that the samples may take together; what warms up before them is not counted. */
const BUDGET_MS = 200;

/**
 * Measures how long a training step takes, one short sample at a time so that other work can go between them. What is cold (the
 * first step, and those until a sample is long enough to be timed) is not counted; the median forgives what the machine did
 * meanwhile. The run does not move.
 */
export class StepTimer {
  private readonly samples: number[] = [];
  private steps = 1;
  private warm = false;
  private totalMs = 0;
  private fastest = Number.POSITIVE_INFINITY;
  private failed = false;

  constructor(
    private readonly request: AdvanceRequest,
    private readonly now: () => number,
  ) {}

  /** One sample; false when it was the last. */
  async sample(engine: Engine): Promise<boolean> {
    const start = this.now();
    const [chunk] = await engine.advance([this.request], this.steps);
    const took = this.now() - start;
    this.failed = chunk.divergedAt !== undefined;
    if (this.failed) return false;
    if (!this.warm) {
      this.warm = true;
      return true;
    }
    // An interruption is not the time of the steps, and does not use the budget up.
    this.fastest = Math.min(this.fastest, took / this.steps);
    this.totalMs += Math.min(took, 2 * this.steps * this.fastest);
    const long = took >= LEAST_SAMPLE_MS || this.steps === MOST_STEPS;
    if (long) this.samples.push(took / this.steps);
    const fitting = Math.floor((this.steps * SAMPLE_MS) / Math.max(took, SAMPLE_MS / MOST_STEPS));
    this.steps = Math.max(1, this.steps >> 1, Math.min(MOST_STEPS, 4 * this.steps, fitting));
    return this.samples.length < MOST_SAMPLES && (this.totalMs < BUDGET_MS || this.samples.length === 0);
  }

  /** Median time of a step in ms; undefined when steps diverge or none was timed. */
  get msPerStep(): number | undefined {
    if (this.failed || this.samples.length === 0) return undefined;
    return median(this.samples);
  }
}
