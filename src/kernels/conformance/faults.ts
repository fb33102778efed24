import type { Engine } from '../../training/engine.ts';
import { referenceEngine } from '../../training/reference-engine.ts';

/** An engine with one fault, to see that the suite finds it. */
interface Fault {
  readonly name: string;
  readonly engine: Engine;
}

/** A copy of `values` with its largest entry changed by one per cent. */
function offByOnePercent(values: ArrayLike<number>): Float64Array {
  const copy = Float64Array.from(values);
  let at = 0;
  for (let j = 0; j < copy.length; j++) if (Math.abs(copy[j]) > Math.abs(copy[at])) at = j;
  copy[at] *= 1.01;
  return copy;
}

/** Faults of every kind of answer, each in an otherwise right engine. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'one gradient entry off by 1 %',
    engine: {
      ...referenceEngine,
      async gradient(request) {
        const report = await referenceEngine.gradient(request);
        return { ...report, gradient: offByOnePercent(report.gradient) };
      },
    },
  },
  {
    name: 'one directional derivative off by 1 %',
    engine: {
      ...referenceEngine,
      async gradient(request) {
        const report = await referenceEngine.gradient(request);
        return { ...report, derivatives: offByOnePercent(report.derivatives) };
      },
    },
  },
  {
    name: 'an output that is not a number',
    engine: {
      ...referenceEngine,
      async outputs(...request) {
        const output = Float64Array.from(await referenceEngine.outputs(...request));
        output[output.length - 1] = Number.NaN;
        return output;
      },
    },
  },
  {
    name: 'one spike too many or too few',
    engine: {
      ...referenceEngine,
      async trace(...request) {
        const trace = await referenceEngine.trace(...request);
        const last = trace.spikes[trace.spikes.length - 1];
        last[last.length - 1] ^= 1;
        return trace;
      },
    },
  },
  {
    name: 'one parameter off by 1 % after a step',
    engine: {
      ...referenceEngine,
      async advance(...request) {
        const chunks = await referenceEngine.advance(...request);
        return chunks.map((chunk) => ({
          ...chunk,
          state: { ...chunk.state, theta: offByOnePercent(chunk.state.theta) },
        }));
      },
    },
  },
];
