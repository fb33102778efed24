import type { GoldenErrors } from '../src/kernels/conformance/golden-errors.ts';

/** A golden file as it was read. */
export interface GoldenFile {
  readonly name: string;
  readonly text: string;
}

/** Runs golden cases on one engine, wherever that engine lives. */
export interface Verifier {
  readonly engine: string;
  /** Largest error allowed; spikes have to be equal. */
  readonly tolerance: number;
  /**
   * Errors of every case, file by file. @throws Error with a message for the user when the engine cannot run.
   */
  run(files: readonly GoldenFile[]): Promise<GoldenErrors[]>;
}
