import type { ExperimentName } from '../../training/config.ts';
import type { Comparison } from '../comparison.ts';
import type { SavedRun } from '../saved-run.ts';

/** What can be said of a kept run without reading it. */
export interface KeptNote {
  readonly id: string;
  /** When it was kept, in ms since the epoch. */
  readonly at: number;
  readonly experiment: ExperimentName;
  /** Of the main lane; unsaid while names are hidden. */
  readonly method?: string;
  /** Steps of the lane that went furthest, and where its schedule ends. */
  readonly step: number;
  readonly steps: number;
  readonly lanes: number;
  /** It was training when it was kept. */
  readonly playing: boolean;
}

export interface KeptLane {
  readonly run: SavedRun;
  /** It rests while the others train. */
  readonly held: boolean;
}

/** What stood beside a run, and whether that rested while the others trained. */
export interface Beside {
  /** Asked for when it is put in force: what is pressed until then counts. */
  readonly comparison: () => Comparison;
  readonly lanes: readonly KeptLane[];
  readonly held: boolean;
}

/** All that the page's run is gone on with. */
export interface KeptSession {
  /** The main lane, and those beside it. */
  readonly lanes: readonly KeptLane[];
  /** Link to the run: its settings, lanes, and what is seen of them. */
  readonly hash: string;
  /** What a comparison set in the main lane; a link does not say it. */
  readonly set?: Comparison['set'];
}

/** A run that was kept, and what can be done with it. */
export interface KeptOffer extends KeptNote {
  /** Opens it in place of the page's run, as it was left. */
  goOn(): Promise<void>;
  /** It stays where it is, and is offered again at the next visit. */
  notNow(): void;
  forget(): Promise<void>;
}
