import { type Config, isUsed, methodName, methodOf } from '../../../training/config.ts';
import { PAPER_PASSES, PAPER_SAVING } from '../../../training/cost.ts';
import type { CountedMethod } from '../../../training/cost-beside.ts';
import { operations } from '../../../training/operations.ts';

/** “+4 %”, “−56 %”, “equal” to a per cent. */
export function against(value: number, base: number): string {
  const percent = Math.round(100 * (value / base - 1));
  return percent === 0 ? 'equal' : `${percent > 0 ? '+' : '−'}${Math.abs(percent).toLocaleString('en-US')} %`;
}

/** “9.5 %”, “115 %”, “0.51 %”. */
export function shareOf(value: number, base: number): string {
  const percent = (100 * value) / base;
  return `${percent >= 99.5 ? Math.round(percent) : percent.toPrecision(2)} %`;
}

/** Three digits: 6.80, 32.2, 1,234. */
export function passesSaid(passes: number): string {
  return passes >= 999.5 ? Math.round(passes).toLocaleString('en-US') : passes.toPrecision(3);
}

/** A step as it is counted here, in forward passes. */
interface CountedStep {
  readonly name: string;
  readonly passes: number;
  /** Directions, where the method draws any. */
  readonly K?: number | undefined;
  /** What the paper counts, where it counts the method. */
  readonly paper?: number | undefined;
}
/** A step of another method beside one of back-propagation. */
interface PassesPair {
  readonly other: CountedStep;
  readonly backprop: Pick<CountedStep, 'name' | 'passes'>;
}

/** A step under a configuration, of so many passes. */
export const stepUnder = (config: Config, passes: number, name = methodName(config)): CountedStep => ({
  name,
  passes,
  K: isUsed('K', config) ? config.K : undefined,
  paper: methodOf(config).paperPasses,
});

/** Both counts beside the paper's, with the number of directions that they hold for. */
export function passesSentence({ other, backprop }: PassesPair): string {
  const { name, passes, K, paper } = other;
  const step = K === undefined ? 'A step' : `With K = ${K} direction${K === 1 ? '' : 's'} a step`;
  const counts =
    paper === undefined
      ? `the paper counts ${PAPER_PASSES.BP} for ${backprop.name} and does not count ${name}`
      : `the paper counts ${paper} and ${PAPER_PASSES.BP}`;
  return `${step} of ${name} costs ${passesSaid(passes)} forward passes, one of ${backprop.name} ${passesSaid(backprop.passes)}; ${counts}.`;
}

const find = (methods: readonly CountedMethod[], ending: string, K?: number) =>
  methods.find((each) => each.method.includes(ending) && (K === undefined || each.K === K));

/** The run's own step beside back-propagation; of a run by that, the layer-wise method with the most directions that were counted. */
export function pairOf(methods: readonly CountedMethod[], own?: CountedStep): PassesPair | undefined {
  const backprop = find(methods, 'BP');
  const forward = methods.filter(({ method }) => method.includes('RFG-L')).at(-1);
  const passes = ({ cost }: CountedMethod) => cost.forwardEquivalents;
  const other = own ?? (forward && { ...forward, name: forward.method, passes: passes(forward) });
  return backprop && other && { other, backprop: { name: backprop.method, passes: passes(backprop) } };
}

/** What the paper's “66 % less” can mean, each with its numbers at one direction a step, from what was counted. */
export function readingsOf(methods: readonly CountedMethod[], T: number): string[] {
  const bp = find(methods, 'BP');
  const [G, L, WP] = ['RFG-G', 'RFG-L', 'WP-G'].map((name) => find(methods, name, 1));
  if (!bp || !G || !L || !WP) return [];
  const passes = ({ cost }: CountedMethod) => passesSaid(cost.forwardEquivalents);
  const less = ({ cost }: CountedMethod) => against(operations(cost), operations(bp.cost));
  const storedBytes = ({ cost }: CountedMethod) => shareOf(cost.bytesForGradient, bp.cost.bytesForGradient);
  return [
    `The paper’s own count: RFG ${PAPER_PASSES.RFG} forward pass, BP ${PAPER_PASSES.BP}, a forward pass and a backward pass of twice its cost: “about ${PAPER_SAVING} % less”. It leaves the tangents out.`,
    `Sweeps over the T time steps: BP ${bp.sweeps.forward + bp.sweeps.backward}, of which the one back waits for the one forward; RFG ${G.sweeps.forward}, for the tangents go along with it; WP-G ${WP.sweeps.forward}, which do not wait for each other.`,
    `Forward passes counted, without tangents: weight perturbation (WP-G) ${passes(WP)}, BP ${passes(bp)}: ${less(WP)}.`,
    `Arithmetic counted, tangents included: ${G.method} ${passes(G)}, ${L.method} ${passes(L)}, BP ${passes(bp)}: ${less(G)} and ${less(L)}.`,
    `Memory kept for the gradient at T = ${T}, as a share of BP’s: ${G.method} ${storedBytes(G)}, ${L.method} ${storedBytes(L)}, WP-G ${storedBytes(WP)}. BP’s grows with T, theirs does not.`,
  ];
}
