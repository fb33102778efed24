import type { EngineChoice, EngineReport } from '../kernels/choose.ts';
import type { Config, Pinned } from '../training/config.ts';
import type { Screen, WorkerPort } from '../worker/client.ts';
import type { ChangeLog, Pace } from '../worker/protocol.ts';
import type { Comparison } from './comparison.ts';
import type { KeptOffer } from './kept/kept.ts';
import type { LaneStore } from './lane-store.ts';
import type { Presentation } from './presentation.ts';

export type Status = 'starting' | 'ready' | 'playing' | 'paused' | 'finished' | 'diverged' | 'failed';

export interface Notice {
  readonly kind: 'info' | 'warning' | 'error';
  readonly text: string;
}

/** What all lanes share. */
export interface PlaygroundState {
  readonly status: Status;
  readonly pace: Pace;
  /** Fields that were set outright; the others follow experiment and method. */
  readonly pinned: Pinned;
  readonly config: Config;
  /** Lanes beside the main one, and how they are compared. */
  readonly comparison: Comparison;
  /** The main lane, and those beside it. */
  readonly lanes: readonly LaneStore[];
  readonly engine?: EngineReport;
  readonly engineChoice: EngineChoice;
  /** Functions of the data made so far, while data are made. */
  readonly progress?: { readonly done: number; readonly total: number };
  /** How far a replay is that takes a while. */
  readonly replay?: { readonly step: number; readonly to: number };
  readonly notice?: Notice;
  /** A run of an earlier visit that can be gone on with. */
  readonly offer?: KeptOffer;
  readonly presentation: Presentation;
}

/** What is to be said of a formula that came with a link or a file. */
export interface FormulaWords {
  /** Why it cannot be read, and what to write. */
  readonly fault?: string;
  /** How it is read, where there are several ways. */
  readonly reading?: string;
}

export interface PlaygroundOptions {
  readonly spawn: () => WorkerPort;
  /** Why the worker's file cannot be run. */
  readonly diagnose?: () => Promise<string | undefined>;
  /** What is said of a formula that came with a link or a file. */
  readonly formulaWords?: (formula: string) => Promise<FormulaWords>;
  /** Where what the stores hold is seen. */
  readonly screen?: Screen;
  /** A worker that takes no message in hand for so long, in ms, is replaced where something else is wanted. */
  readonly patience?: number;
  readonly pinned?: Pinned;
  readonly notice?: Notice;
  readonly engineChoice?: EngineChoice;
  readonly pace?: Pace;
  readonly presentation?: Presentation;
  readonly comparison?: Comparison;
  /** Changes to be made in mid-run. */
  readonly planned?: ChangeLog;
}
