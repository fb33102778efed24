import type { AdvanceRequest, Chunk, Engine, Task } from '../training/engine.ts';

/** Training that one lane is to do. */
export interface Work {
  readonly request: AdvanceRequest;
  readonly steps: number;
}

/** What it came to, and the time it took by itself. */
export interface WorkResult {
  readonly chunk: Chunk;
  readonly ms: number;
}

/** Further threads that train. */
export interface Crew {
  readonly size: number;
  /** Does the work in thread `member`. @throws Error with the thread's message. */
  work(member: number, work: Work): Promise<WorkResult>;
  /** Ends threads that are at work: what they do is not wanted any more. */
  giveUp(): void;
}

/** A step is taken to last this long until one has been timed. */
const FIRST_GUESS_MS = 0.5;

/** Trains several runs at once: as one grid on WebGPU, else spread over the threads there are. */
export class SideBySide {
  private readonly msPerStep = new WeakMap<Task, number>();

  constructor(
    private readonly now: () => number,
    /** Threads beside this one, for an engine that computes one run at a time. */
    private readonly crew: (engine: Engine) => Crew | undefined = () => undefined,
    /** Lets messages be handled while other threads work. @throws Interrupted */
    private readonly wait: () => Promise<void> = async () => undefined,
  ) {}

  /** What becomes of each piece of work, in order. */
  async advance(engine: Engine, works: readonly Work[]): Promise<WorkResult[]> {
    if (engine.name === 'webgpu' && works.every(({ steps }) => steps === works[0].steps))
      return this.asGrid(engine, works);
    const crew = works.length > 1 ? this.crew(engine) : undefined;
    const results: WorkResult[] = new Array(works.length);
    let givenUp = false;
    const hands = this.shareOut(works, 1 + (crew?.size ?? 0));
    const elsewhere = hands.slice(1).map((mine, member) =>
      this.inTurn(mine, results, works, (work) =>
        // Training is a pure function: what a thread that died would have done is done here.
        (crew as Crew).work(member, work).catch((error) => {
          if (givenUp) throw error;
          return this.runTimed(engine, work);
        }),
      ),
    );
    // This thread is busy from here on: the others have been told before.
    const here = this.inTurn(hands[0], results, works, (work) => this.runTimed(engine, work));
    const all = Promise.all([...elsewhere, here]);
    try {
      await (crew ? this.untilDone(all) : all);
    } catch (error) {
      givenUp = true;
      crew?.giveUp();
      throw error;
    }
    works.forEach(({ request, steps }, i) => {
      if (steps > 0) this.msPerStep.set(request.task, results[i].ms / steps);
    });
    return results;
  }

  /** Waits for threads, with turns for messages. @throws Interrupted */
  private async untilDone(all: Promise<unknown>): Promise<void> {
    let done = false;
    const end = () => {
      done = true;
    };
    all.then(end, end);
    while (!done) await Promise.race([all, this.wait()]);
    await all;
  }

  private async asGrid(engine: Engine, works: readonly Work[]): Promise<WorkResult[]> {
    const start = this.now();
    const chunks = await engine.advance(
      works.map(({ request }) => request),
      works[0].steps,
    );
    const ms = (this.now() - start) / works.length;
    return chunks.map((chunk) => ({ chunk, ms }));
  }

  private async runTimed(engine: Engine, { request, steps }: Work): Promise<WorkResult> {
    const start = this.now();
    const [chunk] = await engine.advance([request], steps);
    return { chunk, ms: this.now() - start };
  }

  private async inTurn(
    mine: readonly number[],
    results: WorkResult[],
    works: readonly Work[],
    perform: (work: Work) => Promise<WorkResult>,
  ): Promise<void> {
    for (const i of mine) results[i] = await perform(works[i]);
  }

  /** Indices of the works for each hand: the longest first, each to the hand that has the least to do. */
  private shareOut(works: readonly Work[], hands: number): number[][] {
    const expected = works.map(
      ({ request, steps }) => steps * (this.msPerStep.get(request.task) ?? FIRST_GUESS_MS),
    );
    const shares = Array.from({ length: hands }, () => ({ load: 0, works: [] as number[] }));
    const order = [...works.keys()].sort((a, b) => expected[b] - expected[a] || a - b);
    for (const i of order) {
      const least = shares.reduce((best, share) => (share.load < best.load ? share : best));
      least.load += expected[i];
      least.works.push(i);
    }
    return shares.map((share) => share.works);
  }
}
