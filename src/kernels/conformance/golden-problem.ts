import type { GradientReport, GradientRequest } from '../../training/engine.ts';

/** What a golden file says of one case: what to ask an engine for and what it should answer. */
export interface GoldenProblem {
  readonly name: string;
  readonly gradients: readonly {
    /** SG-BP, WSG-RFG-L … */
    readonly method: string;
    readonly request: GradientRequest;
    readonly expected: GradientReport;
  }[];
  /** [factor][depth] of [t][row][neuron], membranes before the reset. */
  readonly spikes: readonly (readonly number[])[][];
  readonly membranes: readonly (readonly number[])[][];
}
