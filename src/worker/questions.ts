import { EXPERIMENTS } from '../experiments/table.ts';
import { arriving } from '../problems/arriving.ts';
import type { CountedMethod } from '../training/cost-beside.ts';
import { problemParams } from '../training/specs.ts';
import type { DataFiller } from './data-filler.ts';
import type { EngineKeeper } from './engine-keeper.ts';
import { layerRates, staircase } from './evaluation.ts';
import { hasDiverged, type Lanes, laneOf } from './lane.ts';
import type { LaneBaselines } from './lane-baselines.ts';
import type { LaneCost } from './lane-cost.ts';
import type { LaneMicroscope } from './lane-microscope.ts';
import type { LaneRun } from './lane-run.ts';
import type { BaselinesReport, Command, LaneId } from './protocol.ts';
import { StepTimer } from './step-time.ts';
import type { Turns } from './turns.ts';

/** A command that asks for something and leaves the runs as they are. */
type Question = Extract<
  Command,
  { kind: 'staircase' | 'solve' | 'explain' | 'microscope' | 'baselines' | 'rates' }
>;

type Asked<K extends Question['kind']> = Extract<Question, { kind: K }>;

interface QuestionsOptions {
  readonly lanes: Lanes;
  readonly engines: EngineKeeper;
  readonly filler: DataFiller;
  readonly turns: Turns;
  readonly host: { now(): number; breathe(ms: number): Promise<void> };
}

/** Loaded when they are asked for. */
const PARTS = {
  cost: () => arriving(() => import('./lane-cost.ts')),
  costBeside: () => arriving(() => import('../training/cost-beside.ts')),
  microscope: () => arriving(() => import('./lane-microscope.ts')),
  baselines: () => arriving(() => import('./lane-baselines.ts')),
};

/** Answers to what views ask of the lanes. Other settings make them needless: they are given up then. */
export class Questions {
  /** What is looked at in each lane, by views and apart from them. */
  private readonly microscopes = [new Map<LaneId, LaneMicroscope>(), new Map<LaneId, LaneMicroscope>()];
  private readonly baselines = [new Map<LaneId, LaneBaselines>(), new Map<LaneId, LaneBaselines>()];

  private readonly lanes: Lanes;
  private readonly engines: EngineKeeper;
  private readonly filler: DataFiller;
  private readonly turns: Turns;
  private readonly host: QuestionsOptions['host'];

  constructor({ lanes, engines, filler, turns, host }: QuestionsOptions) {
    this.lanes = lanes;
    this.engines = engines;
    this.filler = filler;
    this.turns = turns;
    this.host = host;
  }

  /** What was asked of a lane that is closed is of no interest any more. */
  forget(id: LaneId): void {
    for (const asked of [...this.microscopes, ...this.baselines]) asked.delete(id);
  }

  /** @throws Interrupted; Error with what cannot be answered */
  answer(question: Question): Promise<unknown> {
    return this.turns.during('question', () => this.answerTo(question));
  }

  private async answerTo(question: Question): Promise<unknown> {
    const { run } = laneOf(this.lanes, question.lane);
    switch (question.kind) {
      case 'staircase': {
        const { times, grid } = question;
        if (grid === 'stated') await this.filler.finish(this.turns.pulse);
        return staircase(await this.engines.need(), run.shown, times, grid);
      }
      case 'solve': {
        const { operator, name } = EXPERIMENTS[run.config.experiment];
        if (!operator) throw new Error(`experiment ${name} has no equation to solve`);
        return operator.solve(question.forcing, problemParams(run.config));
      }
      case 'explain':
        return run.explain(await this.engines.need());
      case 'microscope':
        return this.look(question, run);
      case 'baselines':
        return this.baselinesOf(question, run);
      case 'rates':
        return layerRates(await this.engines.need(), run.shown, question.factor, question.depth);
    }
  }

  /** Counted at once; the time is taken in samples between other work. */
  async cost(id: LaneId): Promise<LaneCost> {
    const { costOfStep } = await PARTS.cost();
    const { request, msPerStep, diverged, cost } = await this.inTurnFor(async () => {
      const lane = laneOf(this.lanes, id);
      const { request } = lane.run;
      const cost = await costOfStep(await this.engines.need(), request);
      return { request, cost, msPerStep: lane.run.msPerStep, diverged: hasDiverged(lane) };
    });
    const timer = new StepTimer(request, () => this.host.now());
    for (let more = msPerStep === undefined && !diverged; more; ) {
      more = await this.inTurnFor(async () => timer.sample(await this.engines.need()));
      await this.host.breathe(1);
    }
    return { step: request.state.step, cost, msPerStep: msPerStep ?? timer.msPerStep };
  }

  /** One method after another, between other work. */
  async costOfMethods(id: LaneId): Promise<CountedMethod[]> {
    const { countBeside, methodsBeside } = await PARTS.costBeside();
    const { request, config } = await this.turns.inTurn(() => laneOf(this.lanes, id).run);
    const counts: CountedMethod[] = [];
    for (const method of methodsBeside(config)) {
      counts.push(await this.inTurnFor(async () => countBeside(await this.engines.need(), request, method)));
      await this.host.breathe(0);
    }
    return counts;
  }

  private inTurnFor<T>(work: () => Promise<T>): Promise<T> {
    return this.turns.inTurn(() => this.turns.during('question', work));
  }

  private async look({ lane: id, request, apart }: Asked<'microscope'>, run: LaneRun) {
    const microscopes = this.microscopes[Number(apart ?? false)];
    if (request.part === 'open') {
      const { LaneMicroscope } = await PARTS.microscope();
      const engine = await this.engines.need();
      const now = () => this.host.now();
      // It draws batches of its own.
      await this.filler.finish(this.turns.pulse);
      const scope = await LaneMicroscope.open(engine, run.request, run.config, request.estimator, now);
      microscopes.set(id, scope);
      return scope.setup;
    }
    const scope = microscopes.get(id);
    if (!scope) throw new Error(`nothing of lane “${id}” lies under the microscope`);
    return scope.answer(await this.engines.need(), request);
  }

  private async baselinesOf(
    { lane: id, request, apart }: Asked<'baselines'>,
    run: LaneRun,
  ): Promise<BaselinesReport> {
    const all = this.baselines[Number(apart ?? false)];
    if (request === 'open') {
      const { LaneBaselines } = await PARTS.baselines();
      all.set(id, new LaneBaselines(run.allData, run.config, () => this.host.now()));
    }
    const baselines = all.get(id);
    if (!baselines) throw new Error(`no baselines of lane “${id}” are being computed`);
    return request === 'open' ? baselines.report : baselines.more();
  }
}
