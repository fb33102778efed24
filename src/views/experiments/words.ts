import type { Config } from '../../training/config.ts';

/** What a page says of an experiment. */
export interface ExperimentWords {
  /** In the header, in captions and in files. */
  readonly title: string;
  /** What is learned, in a sentence. */
  readonly hint: string;
  /** What is learned, with its equation and the factor that the output carries. Plain text: the first paint waits for it. */
  readonly sentence: (asked: Pick<Config, 'target' | 'boundary'>) => string;
  /** What a hard boundary multiplies the output by; missing where there is no boundary. */
  readonly boundary?: string;
  /** What the answer is where nothing is learned: what is known of the solution beforehand. */
  readonly nothingLearned: string;
  /**
   * Why its own settings mean nothing in other experiments, and why one of them means nothing in it as it stands, by the setting's
   * name.
   */
  readonly reasons?: { readonly elsewhere: string; readonly [field: string]: string };
}
