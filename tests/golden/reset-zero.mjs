// @ts-nocheck
// Writes reset-zero.json beside it (`node tests/golden/reset-zero.mjs`): a spiking MLP with reset to zero, in float64, in the
// format of mlp.json. It shares no code with the rest. Every derivative comes from dual numbers, one forward pass a
// direction; the gradient of back-propagation is the derivative along each parameter in turn.
import { writeFileSync } from 'node:fs';

const SIZES = [2, 6, 5, 1];
const [T, LEAK, THRESHOLD, SIGMA, K, BATCH, DIRECTIONS] = [14, 0.9, 1, 0.5, 4, 3, 2];
/** Least distances from the threshold, without and with δ: float32 then spikes at the same steps. */
const GAP = 1e-3;
const DEPTHS = SIZES.length - 2;

// A linear congruential generator and Box-Muller.
let state = 0;
const uniform = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return (state + 0.5) / 2 ** 32;
};
const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
const times = (n, make) => Array.from({ length: n }, (_, i) => make(i));
const rounded = (value) => Math.round(value * 1e4) / 1e4;

/** A value and its derivative. */
const dual = (value, slope = 0) => ({ value, slope });
const add = (a, b) => dual(a.value + b.value, a.slope + b.slope);
const times2 = (a, b) => dual(a.value * b.value, a.slope * b.value + a.value * b.slope);

function surrogate(kind, x, deltas) {
  if (kind === 'SG') return Math.exp(-(x ** 2) / (2 * SIGMA ** 2)) / (SIGMA * Math.sqrt(2 * Math.PI));
  const terms = deltas.map((d) => (d / SIGMA ** 2) * (Number(x + d >= 0) - Number(x >= 0)));
  return terms.reduce((a, b) => a + b, 0) / terms.length;
}

/** The whole network on dual weights; f is what stands for the derivative of H. */
function run({ W, b, x, target }, kind, deltas) {
  const traces = { spikes: [], U_pre: [], U_post: [], surrogate_values: [], gaps: [] };
  for (const name of ['spikes', 'U_pre', 'U_post', 'surrogate_values'])
    traces[name] = times(DEPTHS, () => times(T, () => times(BATCH, () => [])));
  const rates = [];
  let loss = dual(0);
  const output = x.map((input, sample) => {
    const after = times(DEPTHS, (l) => times(SIZES[l + 1], () => dual(0)));
    const sums = times(SIZES[DEPTHS], () => dual(0));
    for (let t = 0; t < T; t++) {
      let below = input.map((value) => dual(value));
      for (let l = 0; l < DEPTHS; l++) {
        below = times(SIZES[l + 1], (j) => {
          let current = b[l][j];
          below.forEach((s, i) => {
            current = add(current, times2(W[l][j][i], s));
          });
          const U = add(times2(dual(LEAK), after[l][j]), current);
          const distance = U.value - THRESHOLD;
          const drawn = deltas?.[l].map((ofSample) => ofSample[t][sample][j]) ?? [];
          const f = surrogate(kind, distance, drawn);
          const S = Number(distance >= 0);
          // U (1 - S) with S a number: the derivative of U passes where there was no spike, that of S never.
          after[l][j] = times2(dual(1 - S), U);
          traces.spikes[l][t][sample][j] = S;
          traces.U_pre[l][t][sample][j] = U.value;
          traces.U_post[l][t][sample][j] = after[l][j].value;
          traces.surrogate_values[l][t][sample][j] = f;
          traces.gaps.push(Math.abs(distance), ...drawn.map((d) => Math.abs(distance + d)));
          return dual(S, f * U.slope);
        });
      }
      below.forEach((s, j) => {
        sums[j] = add(sums[j], s);
      });
    }
    const means = sums.map((sum) => times2(dual(1 / T), sum));
    rates.push(means.map(({ value }) => value));
    let y = b[DEPTHS][0];
    means.forEach((mean, j) => {
      y = add(y, times2(W[DEPTHS][0][j], mean));
    });
    const error = add(y, dual(-target[sample][0]));
    loss = add(loss, times2(dual(1 / BATCH), times2(error, error)));
    return y;
  });
  return { ...traces, rates, output, loss };
}

/** Weights as dual numbers along a direction (or at rest). */
const moving = ({ W, b, ...rest }, along) => ({
  ...rest,
  W: W.map((m, l) => m.map((row, j) => row.map((w, i) => dual(w, along?.dW[l][j][i] ?? 0)))),
  b: b.map((v, l) => v.map((w, j) => dual(w, along?.db[l][j] ?? 0))),
});
const like = ({ W, b }, make) => ({
  dW: W.map((m, l) => m.map((row, j) => row.map((_, i) => make(l, j, i)))),
  db: b.map((v, l) => v.map((_, j) => make(l, j, -1))),
});

function network(seed) {
  state = seed;
  const affine = times(DEPTHS + 1, (l) => l);
  return {
    W: affine.map((l) =>
      times(SIZES[l + 1], () => times(SIZES[l], () => rounded((1.4 * normal()) / Math.sqrt(SIZES[l])))),
    ),
    b: affine.map((l) => times(SIZES[l + 1], () => rounded((l < DEPTHS ? 0.4 : 0) + 0.3 * normal()))),
    x: times(BATCH, () => times(SIZES[0], () => rounded(3 * uniform() - 1.5))),
    target: times(BATCH, () => [rounded(normal())]),
    deltas: times(DEPTHS, (l) =>
      times(K, () =>
        times(T, () => times(BATCH, () => times(SIZES[l + 1], () => rounded(SIGMA * normal())))),
      ),
    ),
  };
}

let seed = 1;
let net = network(seed);
let plain = run(moving(net), 'WSG', net.deltas);
const silent = (rates) => rates.some((ofSample) => ofSample.every((rate) => rate === 0));
while (Math.min(...plain.gaps) < GAP || silent(plain.rates)) {
  net = network(++seed);
  plain = run(moving(net), 'WSG', net.deltas);
}
const direction_vectors = times(DIRECTIONS, () => like(net, () => (uniform() < 0.5 ? -1 : 1)));

function method(kind) {
  const deltas = kind === 'WSG' ? net.deltas : undefined;
  const along = (direction) => run(moving(net, direction), kind, deltas);
  const gradient = like(net, (l, j, i) => {
    const unit = like(net, (l2, j2, i2) => Number(l2 === l && j2 === j && i2 === i));
    return along(unit).loss.slope;
  });
  return {
    surrogate_values: along(undefined).surrogate_values,
    bp_grad_W: gradient.dW,
    bp_grad_b: gradient.db,
    ...(deltas && { deltas }),
    directions: direction_vectors.map((d) => {
      const whole = along(d);
      const perLayer = times(DEPTHS + 1, (layer) => {
        const part = like(net, (l, j, i) => (l === layer ? (i < 0 ? d.db[l][j] : d.dW[l][j][i]) : 0));
        return along(part).loss.slope;
      });
      const scaled = (by) => like(net, (l, j, i) => by(l) * (i < 0 ? d.db[l][j] : d.dW[l][j][i]));
      const [G, L] = [scaled(() => whole.loss.slope), scaled((l) => perLayer[l])];
      return {
        jvp_loss_global: whole.loss.slope,
        jvp_loss_per_layer: perLayer,
        jvp_output_global: whole.output.map((y) => [y.slope]),
        ...{ rfg_g_grad_W: G.dW, rfg_g_grad_b: G.db, rfg_l_grad_W: L.dW, rfg_l_grad_b: L.db },
      };
    }),
  };
}

const { W, b, x, target } = net;
const file = {
  conventions: {
    like: 'mlp.json, but for the reset',
    dynamics:
      'U_pre[t]=lambda*U_post[t-1]+Z[t]; S[t]=1 if U_pre[t]>=threshold else 0; U_post[t]=U_pre[t]*(1-S[t])',
    derivative:
      'S of the reset detached: dU_post[t]=(1-S[t])*dU_pre[t]; dU_pre[t]=lambda*dU_post[t-1]+dZ[t]; dS[t]=f*dU_pre[t]',
  },
  ...{ seed, sizes: SIZES, T, batch: BATCH, leak_lambda: LEAK, threshold: THRESHOLD, reset: 'zero' },
  ...{ sigma: SIGMA, K, W, b, x, target },
  ...{ spikes: plain.spikes, U_pre: plain.U_pre, U_post: plain.U_post },
  mean_rate_last_hidden: plain.rates,
  output: plain.output.map((y) => [y.value]),
  mse: plain.loss.value,
  direction_vectors,
  SG: method('SG'),
  WSG: method('WSG'),
};
writeFileSync(new URL('./reset-zero.json', import.meta.url), `${JSON.stringify(file)}\n`);
