import type { Engine } from '../training/engine.ts';
import type { Pulse } from '../training/pulse.ts';
import { type Lane, type Lanes, movingLanes, rests } from './lane.ts';
import type { LaneId, Lockstep } from './protocol.ts';
import type { SideBySide } from './side-by-side.ts';

/** Advances lanes together: each by as many steps, or each by the steps that cost as much. */
export class LaneLockstep {
  by: Lockstep = 'steps';
  /** Steps of each lane when equal cost began to be counted. */
  private base = new Map<LaneId, number>();

  constructor(
    private readonly sideBySide: SideBySide,
    private readonly pulse: Pulse = () => undefined,
  ) {}

  /** Counts equal cost from where the lanes stand. */
  restart(lanes: Lanes): void {
    this.base = new Map([...lanes].map(([id, lane]) => [id, lane.run.state.step]));
  }

  /** The lane whose steps the pace counts: with equal cost the one that does most of them. */
  lead(lanes: Lanes): Lane | undefined {
    const active = movingLanes(lanes);
    if (this.by === 'steps') return active[0];
    return active.reduce((lead, lane) => (lane.cost < lead.cost ? lane : lead), active[0]);
  }

  /**
   * The lead's next `steps` steps, and what is due in the other lanes. Planned changes are done where they are due.
   * Returns whether any lane is left that can go on.
   */
  async advance(engine: Engine, lanes: Lanes, steps: number): Promise<boolean> {
    const lead = this.lead(lanes);
    if (!lead) return false;
    const end = lead.run.state.step + steps;
    while (lead.run.state.step < end) {
      const remaining = end - lead.run.state.step;
      const active = [...lanes].filter(([, lane]) => !rests(lane));
      if (!active.some(([, lane]) => lane === lead)) break;
      for (const [, lane] of active) await lane.run.supply(this.pulse);
      const works = active.map(([id, lane]) => {
        const due = this.by === 'steps' ? remaining : this.due(id, lane, lead, lanes, end);
        return { lane, steps: lane.run.stepsAtOnce(Math.max(0, due)) };
      });
      await this.together(engine, this.by === 'steps' ? evened(works) : works);
    }
    return [...lanes.values()].some((lane) => !rests(lane));
  }

  /** Step of a lane at the moment when the one that went furthest has done `step` steps; at its end all lanes are at theirs. */
  moment(step: number, lane: Lane, lanes: Lanes): number {
    const furthest = [...lanes.values()].reduce((a, b) => (b.run.end > a.run.end ? b : a));
    if (step >= furthest.run.end) return lane.run.end;
    return this.by === 'steps' ? step : Math.floor((step * furthest.cost) / lane.cost);
  }

  /** Steps that bring a lane to the cost which the lead will have had at its step `end`. */
  private due(id: LaneId, lane: Lane, lead: Lane, lanes: Lanes, end: number): number {
    const leadId = [...lanes].find(([, other]) => other === lead)?.[0] ?? id;
    const budget = (end - (this.base.get(leadId) ?? 0)) * lead.cost;
    return Math.floor(budget / lane.cost) + (this.base.get(id) ?? 0) - lane.run.state.step;
  }

  private async together(engine: Engine, all: readonly { lane: Lane; steps: number }[]): Promise<void> {
    const works = all.filter(({ steps }) => steps > 0);
    const results = await this.sideBySide.advance(
      engine,
      works.map(({ lane, steps }) => ({ request: lane.run.request, steps })),
    );
    works.forEach(({ lane }, i) => {
      lane.firstUnsent = Math.min(lane.firstUnsent, lane.run.state.step);
      lane.keepMetricsTo = Math.min(lane.keepMetricsTo, lane.run.state.step);
      lane.run.accept(results[i].chunk, results[i].ms);
      lane.divergedAt = results[i].chunk.divergedAt;
    });
  }
}

/** As many steps for all as each can do. */
function evened(works: readonly { lane: Lane; steps: number }[]) {
  const steps = Math.min(...works.map((work) => work.steps));
  return works.map(({ lane }) => ({ lane, steps }));
}
