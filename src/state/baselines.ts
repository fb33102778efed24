import { createStore } from 'zustand/vanilla';
import { baselineConfig } from '../training/baseline-config.ts';
import type { Config } from '../training/config.ts';
import type { BaselinesReport, BaselinesRequest } from '../worker/protocol.ts';
import { MAIN } from './comparison.ts';
import type { Connection } from './connection.ts';
import type { LaneStore } from './lane-store.ts';

/** Baselines for the main run's data and settings, once they are asked for. */
interface BaselinesState {
  readonly shown: boolean;
  /** What is known so far; withdrawn when data or settings change. */
  readonly report?: BaselinesReport;
  readonly fault?: string;
}

/** Asks the worker for baselines, piece by piece, as long as they are shown; anew when they would be others. */
export class Baselines {
  readonly store = createStore<BaselinesState>(() => ({ shown: false }));
  /** What the report is of. */
  private of: { readonly config: Config; readonly key: string; readonly data: unknown } | undefined;
  private turn = 0;

  constructor(
    private readonly connection: Connection,
    private readonly lane: LaneStore,
  ) {
    lane.subscribe(() => this.follow());
  }

  show(shown: boolean): void {
    if (shown === this.store.getState().shown) return;
    this.store.setState({ shown });
    if (!shown) {
      this.turn++;
      return;
    }
    const { of } = this;
    this.follow();
    if (of && of === this.of) void this.ask(this.store.getState().report ? 'more' : 'open');
  }

  /** Begins anew where the run's data or settings are others than those that the report is of. */
  private follow(): void {
    const { config, data } = this.lane.getState();
    if (!this.store.getState().shown || (this.of?.config === config && this.of.data === data)) return;
    const key = JSON.stringify(baselineConfig(config));
    const same = this.of?.key === key && this.of.data === data;
    this.of = { config, key, data };
    if (same) return;
    this.store.setState({ report: undefined, fault: undefined });
    this.turn++;
    if (data) void this.ask('open');
  }

  private async ask(first: BaselinesRequest, again = true): Promise<void> {
    const turn = ++this.turn;
    let request = first;
    try {
      do {
        const report = await this.connection.ask({ kind: 'baselines', lane: MAIN, request });
        if (turn !== this.turn) return;
        this.store.setState({ report, fault: undefined });
        request = 'more';
      } while (this.store.getState().report?.state === 'working');
    } catch (error) {
      if (turn !== this.turn) return;
      // A worker that took the place of one that died knows of none.
      if (again) return this.ask('open', false);
      this.store.setState({ fault: error instanceof Error ? error.message : String(error) });
    }
  }
}
