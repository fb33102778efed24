import type { DirectionLaw } from '../snn/directions.ts';

/** The integrand falls off at both ends: nodes of log v. */
const REACH = 18;
const NODE = 0.2;

/** A layer of BP's gradient g and of the directions, whose entries are ±scale. */
interface CosinePart {
  /** Σ g_j². */
  readonly square: number;
  readonly parameters: number;
  readonly scale: number;
}

/** Mean cosine of an estimate with BP's gradient, over all parameters and by layer. */
export interface CosineMeans {
  readonly all: number;
  readonly layers: readonly number[];
}

/** Some of the coordinates that share a directional derivative: all parameters under G, a layer under L, or a part of them. */
interface Group {
  /** Σ g_j² and Σ s_j⁻² of the coordinates that are compared. */
  readonly square: number;
  readonly inverse: number;
  /** Σ g_j² s_j², the variance of the derivative, and the number of coordinates that share it. */
  readonly variance: number;
  readonly parameters: number;
}

function groupOf(parts: readonly CosinePart[]): Group {
  const sum = (of: (part: CosinePart) => number) => parts.reduce((total, part) => total + of(part), 0);
  return {
    square: sum(({ square }) => square),
    inverse: sum(({ parameters, scale }) => parameters / scale ** 2),
    variance: sum(({ square, scale }) => square * scale ** 2),
    parameters: sum(({ parameters }) => parameters),
  };
}

/**
 * Mean cosine between BP's gradient g and the average ĝ_j = Σ_k (g·d_k) d_kj / (K s_j²) of K estimates from directions ±s_j,
 * for a gradient that is spread over many coordinates: the derivatives g·d_k are then normal, their squares sum to χ² with K
 * degrees of freedom, and ĝ's length follows them. With Q of `lengthening`:
 *
 * G: √2 Γ((K+1)/2) / Γ(K/2) · √(Σ g² / (Q Σ g² s²)), for ±1 √2 Γ((K+1)/2) / Γ(K/2) / √(P+K-1).
 * L, where a layer's scale cancels: the mean of Σ x_l / (|g| √(Σ x_l Q_l)) over x_l = |g_l|² χ²_K.
 *
 * Rows of a Hadamard matrix: within 2 % while K is below the number of parameters of a layer.
 */
export function cosineMeans(
  scope: 'G' | 'L',
  parts: readonly CosinePart[],
  law: DirectionLaw,
  K: number,
): CosineMeans {
  if (scope === 'L') {
    const groups = parts.map((part) => groupOf([part]));
    return { all: ofSeveral(groups, law, K), layers: groups.map((group) => ofOne(group, law, K)) };
  }
  const group = groupOf(parts);
  const within = parts.map((part) => {
    const { square, inverse } = groupOf([part]);
    return ofOne({ ...group, square, inverse }, law, K);
  });
  return { all: ofOne(group, law, K), layers: within };
}

/**
 * Q with E|ĝ|² = Q Σ g_j² s_j² / K, exactly: K equal terms of one direction, Σ s_j⁻² each, and K(K-1) of two. Two independent
 * directions give Σ g_j²; two rows of one randomly signed Hadamard matrix of n rows less, as a row does not come twice. For
 * ±1 Q = P + K - 1, for P = n Hadamard rows Q = P.
 */
function lengthening({ square, inverse, variance, parameters }: Group, law: DirectionLaw, K: number): number {
  let crossing = square;
  if (law === 'hadamard' && parameters > 1 && K > 1) {
    const n = 2 ** Math.ceil(Math.log2(parameters));
    const rest = K % n;
    const sameCycle = (Math.floor(K / n) * n * (n - 1) + rest * (rest - 1)) / (K * (K - 1));
    crossing -= (sameCycle * (variance * inverse - square)) / (n - 1);
  }
  return inverse + ((K - 1) * crossing) / variance;
}

function ofOne(group: Group, law: DirectionLaw, K: number): number {
  if (group.square === 0) return 0;
  const Q = lengthening(group, law, K);
  return Math.SQRT2 * gammaRatio(K) * Math.sqrt(group.square / (group.variance * Q));
}

/** By 1/√D = (2/√π) ∫ exp(-v²D) dv, whose mean over the χ² is known, with v = exp(z) and the trapezoid rule. */
function ofSeveral(groups: readonly Group[], law: DirectionLaw, K: number): number {
  const steep = groups.filter(({ square }) => square > 0);
  const total = steep.reduce((sum, { square }) => sum + square, 0);
  if (total === 0) return 0;
  const lengths = steep.map((group) => group.variance * lengthening(group, law, K));
  const middle = -Math.log(K * lengths.reduce((sum, length) => sum + length, 0)) / 2;
  let integral = 0;
  for (let z = -REACH; z <= REACH; z += NODE) {
    const v = Math.exp(middle + z);
    let logarithm = 0;
    let signal = 0;
    steep.forEach(({ square }, l) => {
      const spread = 1 + 2 * v * v * lengths[l];
      logarithm -= (K / 2) * Math.log(spread);
      signal += (K * square) / spread;
    });
    integral += signal * Math.exp(logarithm) * v * NODE;
  }
  return (2 * integral) / Math.sqrt(Math.PI * total);
}

/** Γ((K+1)/2) / Γ(K/2), by the recurrence in steps of two from K = 1 and K = 2. */
function gammaRatio(K: number): number {
  let ratio = K % 2 === 1 ? 1 / Math.sqrt(Math.PI) : Math.sqrt(Math.PI) / 2;
  for (let k = K % 2 === 1 ? 1 : 2; k < K; k += 2) ratio *= (k + 1) / k;
  return ratio;
}
