import estimators from '../../../tests/golden/estimators.json';
import { goldenCases } from '../../../tests/golden/golden.ts';
import temporal from '../../../tests/golden/temporal.json';
import type { Engine } from '../../training/engine.ts';
import { type Case, makeCase } from './cases.ts';
import { catalogue, type Entry } from './catalogue.ts';
import { arrayError, type Check, check } from './check.ts';
import { FAULTS } from './faults.ts';
import { problemOf } from './golden.ts';
import { type EstimatorsCase, estimatorsProblem } from './golden-estimators.ts';
import type { GoldenProblem } from './golden-problem.ts';
import { checkForward, checkGradient, compareGradients, spikesApart } from './requests.ts';
import { checkDivergence, checkReplay, checkTraining } from './training.ts';

/** A part of the suite that runs by itself. */
interface Part {
  readonly name: string;
  run(engine: Engine): Promise<Check[]>;
}

/**
 * Compares an engine with golden vectors and with the reference, over the whole schema: gradients with
 * everything injected, forward passes, traces, training steps from shared states, replay and divergence; and
 * shows that the suite finds faults. Needs nothing of Node. The parts stand in the order in which they are run;
 * nothing is computed before a part is run.
 */
export function conformanceParts(): Part[] {
  const golden = [
    ...goldenCases().map(problemOf),
    ...[estimators, temporal].flatMap((file) =>
      (file.estimators as readonly EstimatorsCase[]).map(estimatorsProblem),
    ),
  ].map(
    (problem): Part => ({
      name: `golden ${problem.name}`,
      run: (engine) => checkGolden(problem, engine),
    }),
  );
  const cases = catalogue();
  const comparisons = cases.map(
    (entry): Part => ({ name: entry.name, run: (engine) => checkEntry(entry, engine) }),
  );
  const alone = cases
    .filter((_, i) => i % 8 === 1)
    .map(
      (entry): Part => ({
        name: `${entry.name}, by itself`,
        async run(engine) {
          const testCase = makeCase(entry);
          return [
            ...(await checkReplay(testCase, engine, entry.seed)),
            ...(await checkDivergence(testCase, engine, entry.seed)),
          ];
        },
      }),
    );
  return [...golden, ...comparisons, ...alone, { name: 'self-check', run: selfCheck }];
}

async function checkEntry(entry: Entry, engine: Engine): Promise<Check[]> {
  const testCase = makeCase(entry);
  return [
    ...(await checkForward(testCase.name, engine, testCase.request)),
    ...(await checkGradient(testCase.name, engine, testCase.request)),
    ...(await checkTraining(testCase, engine, entry.seed)),
  ];
}

/** An engine against what a golden file says. */
async function checkGolden(problem: GoldenProblem, engine: Engine): Promise<Check[]> {
  const checks: Check[] = [];
  for (const { method, request, expected } of problem.gradients) {
    checks.push(
      ...compareGradients(`${problem.name}, ${method}`, request, await engine.gradient(request), expected),
    );
  }
  const [{ request, expected }] = problem.gradients;
  const { network, theta, data } = request;
  checks.push(
    check(
      `${problem.name}: outputs`,
      arrayError(await engine.outputs(network, theta, data), expected.output),
    ),
  );
  for (let m = 0; m < data.factors.length; m++) {
    const { spikes, membranes } = await engine.trace(network, theta, m, data);
    const name = `${problem.name}, ${network.factors[m].name}`;
    problem.spikes[m].forEach((expected, depth) => {
      checks.push(
        check(`${name}: spikes of layer ${depth + 1}`, spikesApart(spikes[depth] ?? [], expected), 0),
        check(
          `${name}: membranes of layer ${depth + 1}`,
          arrayError(membranes[depth] ?? [], problem.membranes[m][depth]),
        ),
      );
    });
  }
  return checks;
}

/** Engines with one fault each: the suite has to report every one of them. */
async function selfCheck(): Promise<Check[]> {
  const pins = { hidden: [[6, 5]], T: 6, batch: [4], gradient: 'RFG', scope: 'L', K: 2, rate: 0.01 } as const;
  const testCase: Case = makeCase({ name: 'self-check', pins, seed: 1 });
  const checks: Check[] = [];
  for (const { name, engine } of FAULTS) {
    const detected = [
      ...(await checkForward(testCase.name, engine, testCase.request)),
      ...(await checkGradient(testCase.name, engine, testCase.request)),
      ...(await checkTraining(testCase, engine, 1)),
    ].some(({ ok }) => !ok);
    checks.push(check(`self-check: ${name} is found`, Number(!detected), 0));
  }
  return checks;
}
