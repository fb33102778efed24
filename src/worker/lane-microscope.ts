import { type Config, methodName, usedByMethod } from '../training/config.ts';
import type { CosineMeans } from '../training/cosine-theory.ts';
import type { Engine, RunState, Task } from '../training/engine.ts';
import { type Landscape, LandscapeProbe } from '../training/landscape.ts';
import { Microscope, type SurrogateNoise, surrogateNoise } from '../training/microscope.ts';
import { specsOf } from '../training/specs.ts';
import { type Estimator, estimatedConfig } from './estimated.ts';

/** What the microscope is asked for: a piece that is done within a moment, so that training goes on between pieces. */
export type MicroscopeRequest =
  /** Takes the run's present weights under the microscope. */
  | { readonly part: 'open'; readonly estimator: Estimator }
  /** The next draws, `most` of them at most. */
  | { readonly part: 'draw'; readonly most: number }
  | { readonly part: 'landscape' }
  /** Losses of `side`² nodes of the plane from node `from` on, the last along u fastest; both axes run from -radius to radius. */
  | { readonly part: 'plane'; readonly radius: number; readonly side: number; readonly from: number }
  /** Losses at `points` points along δθ from the one numbered `from` on, from -range to range. */
  | { readonly part: 'line'; readonly range: number; readonly points: number; readonly from: number }
  | { readonly part: 'noise'; readonly sigma: number; readonly samples: number };

/** What lies under the microscope. */
export interface MicroscopeSetup {
  readonly step: number;
  /** Name of the method whose estimates are drawn. */
  readonly method: string;
  readonly K: number;
  readonly layers: readonly string[];
  readonly parameters: number;
  /** |g_l| of BP by layer. */
  readonly norms: readonly number[];
  /** Mean cosines of one estimate by theory; undefined where there is none. */
  readonly theory: CosineMeans | undefined;
  /** The same over all parameters of the average of 1, 2, 3 … estimates; empty where there is none. */
  readonly accumulatedTheory: readonly number[];
  /** Draws that are worth asking for. */
  readonly draws: number;
}

export interface DrawnCosines {
  /** Number of the first of these draws. */
  readonly first: number;
  readonly cosines: readonly number[];
  /** [draw][layer] */
  readonly layerCosines: readonly (readonly number[])[];
  readonly accumulated: readonly number[];
}

/** Losses of the nodes or points from `from` on. */
export interface LossPiece {
  readonly from: number;
  readonly losses: readonly number[];
}

/** What each part answers. */
export interface MicroscopeAnswers {
  open: MicroscopeSetup;
  draw: DrawnCosines;
  landscape: Landscape;
  plane: LossPiece;
  line: LossPiece;
  noise: SurrogateNoise;
}
export type MicroscopeAnswer = MicroscopeAnswers[keyof MicroscopeAnswers];

/** Length of a piece: training waits for it. */
const PIECE_MS = 20;
/** The mean of so many estimates is compared with theory. */
const MOST_DRAWS = 200;
const NOISE_DRAWS = 8;

/** The weights of a lane under the microscope: they stay while training goes on, until others are asked for. */
export class LaneMicroscope {
  private probe: LandscapeProbe | undefined;

  private constructor(
    private engine: Engine,
    private readonly scope: Microscope,
    private readonly method: string,
    private readonly now: () => number,
  ) {}

  /** @throws Error when the run's own method draws no estimates. */
  static async open(
    engine: Engine,
    { task, state }: { readonly task: Task; readonly state: RunState },
    config: Config,
    estimator: Estimator,
    now: () => number,
  ): Promise<LaneMicroscope> {
    if (estimator === 'own' && !usedByMethod('K', config))
      throw new Error(`${methodName(config)} has no estimate to show: choose another one to be drawn here`);
    const shownConfig = estimatedConfig(config, estimator);
    const specs = estimator === 'own' ? task.specs : specsOf(shownConfig);
    const scope = await Microscope.open(engine, { specs, data: task.data }, state);
    return new LaneMicroscope(engine, scope, methodName(shownConfig), now);
  }

  get setup(): MicroscopeSetup {
    const { task, state, norms } = this.scope;
    const { layout, directions } = task.specs;
    const theory = this.scope.theory();
    return {
      step: state.step,
      method: this.method,
      K: directions.count,
      layers: layout.layers.map(({ name }) => name),
      parameters: layout.size,
      norms,
      theory,
      draws: MOST_DRAWS,
      accumulatedTheory: theory
        ? Array.from({ length: MOST_DRAWS }, (_, n) => this.scope.theory(n + 1)!.all)
        : [],
    };
  }

  async answer(
    engine: Engine,
    request: Exclude<MicroscopeRequest, { part: 'open' }>,
  ): Promise<MicroscopeAnswer> {
    this.engine = engine;
    switch (request.part) {
      case 'draw':
        return this.draw(request.most);
      case 'landscape':
        return (await this.landscapeProbe()).landscape;
      case 'plane': {
        const probe = await this.landscapeProbe();
        const { radius, side, from } = request;
        const at = (i: number) => radius * ((2 * i) / (side - 1) - 1);
        return this.piece(from, side * side, (n) =>
          probe.onPlane(this.engine, at(n % side), at(Math.floor(n / side))),
        );
      }
      case 'line': {
        const probe = await this.landscapeProbe();
        const { range, points, from } = request;
        return this.piece(from, points, (n) =>
          probe.alongDirection(this.engine, range * ((2 * n) / (points - 1) - 1)),
        );
      }
      case 'noise': {
        const { task, state } = this.scope;
        return surrogateNoise(this.engine, task, state, request.sigma, request.samples, NOISE_DRAWS);
      }
    }
  }

  private async landscapeProbe(): Promise<LandscapeProbe> {
    this.probe ??= await LandscapeProbe.open(this.engine, this.scope);
    return this.probe;
  }

  private async draw(most: number): Promise<DrawnCosines> {
    const first = this.scope.draws;
    const start = this.now();
    const cosines: number[] = [];
    const layerCosines: (readonly number[])[] = [];
    const accumulated: number[] = [];
    do {
      const draw = await this.scope.draw(this.engine);
      cosines.push(draw.cosine);
      layerCosines.push(draw.layerCosines);
      accumulated.push(draw.accumulated);
    } while (cosines.length < most && this.now() - start < PIECE_MS);
    return { first, cosines, layerCosines, accumulated };
  }

  /** As many losses as a moment holds, at least one. */
  private async piece(from: number, end: number, loss: (n: number) => Promise<number>): Promise<LossPiece> {
    const start = this.now();
    const losses: number[] = [];
    for (let n = from; n < end; n++) {
      losses.push(await loss(n));
      if (this.now() - start >= PIECE_MS) break;
    }
    return { from, losses };
  }
}
