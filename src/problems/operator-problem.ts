import { branchInputs } from './forcing.ts';
import { forcingTimesBoundary } from './nothing-learned.ts';
import { OperatorStream } from './operator-data.ts';
import type { OperatorEquation } from './operator-equation.ts';
import type { Problem } from './problem.ts';

/**
 * The experiment of learning an equation's solution operator: forcings from a Gaussian random field, branch
 * rows by encodeForcing, one factor per axis, targets = solution / unit (see OperatorStream). generate() yields after every solve; it
 * throws RangeError for sizes below 1 and whatever the solver throws.
 */
export function operatorProblem(equation: OperatorEquation): Problem {
  return {
    factors: (params) => [
      { name: 'branch', inputs: branchInputs(params, equation.amplitudeInput) },
      ...equation.axes.map(({ name }) => ({ name, inputs: 1 })),
    ],
    nothingLearned: (data) => forcingTimesBoundary(equation, data),
    open: (params) => new OperatorStream(equation, params),
    *generate(params) {
      const stream = new OperatorStream(equation, params);
      yield* stream.begin();
      while (!stream.complete) {
        stream.advance();
        yield stream.progress;
      }
      return stream.data;
    },
  };
}
