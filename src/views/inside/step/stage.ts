import type { Layout, Network } from '../../../snn/network.ts';
import type { Config } from '../../../training/config.ts';
import type { ExplainedStep } from '../../../training/explain.ts';
import { formatCount } from '../../format.ts';

/** What a stage shows beside its words. */
export type StageFigure = 'direction' | 'forward' | 'backward' | 'loss' | 'numbers' | 'gradient' | 'update';

export interface Stage {
  readonly title: string;
  /** What happens, in a sentence or two. */
  readonly text: string;
  /** TeX in the paper's symbols. */
  readonly formulas: readonly string[];
  readonly figure: StageFigure;
}

export interface StageContext {
  readonly config: Config;
  readonly network: Network;
  readonly layout: Layout;
  readonly explained: ExplainedStep;
  /** Length P of θ. */
  readonly parameters: number;
}

/** How many samples a step takes, as words; for several factors one number each. */
export const samples = ({ explained }: StageContext) =>
  explained.rows.length === 1
    ? `${formatCount(explained.rows[0])} samples`
    : `${explained.rows.map(formatCount).join(' × ')} samples`;
