import type { Array as JaxArray } from '@jax-js/jax';
import type { Layout, NetworkSpec } from '../../src/snn/network.ts';
import type { Contender, Running, Workload } from './contender.mts';
import { isPlain, proveGradient, stepOf } from './first-step.mts';

type Jax = typeof import('@jax-js/jax');

const INSTALL = 'npm install --no-save --save-dev @jax-js/jax@0.1.25';

let loading: Promise<Jax> | undefined;
function load(): Promise<Jax> {
  loading ??= import('@jax-js/jax').then(async (jax) => {
    await jax.init('wasm');
    jax.defaultDevice('wasm');
    return jax;
  });
  return loading;
}

/**
 * The plain graph of jax-js on its WebAssembly device, unrolled over time: its own `grad` or `jvp` with Adam, compiled as one by its
 * `jit`. SG, one factor, BP or RFG-G with K = 1.
 */
export const jaxJs: Contender = {
  name: 'jax-js wasm',
  async lacks() {
    try {
      await load();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return code === 'ERR_MODULE_NOT_FOUND' ? `its package: ${INSTALL}` : String(error);
    }
  },
  async prepare(workload) {
    return isPlain(workload) ? trained(await load(), workload) : undefined;
  },
};

/** Mean squared error, parameters being W (transposed, [inputs][outputs]) and b of every layer in turn. */
function lossOf({ numpy, lax }: Jax, { T, threshold, leak }: NetworkSpec, sigma: number) {
  /** H(U - ϑ) whose derivative is SG. */
  const spike = (U: JaxArray) => {
    const x = U.sub(threshold);
    const still = lax.stopGradient(x.ref);
    const f = numpy
      .exp(numpy.square(still.ref).mul(-1 / (2 * sigma * sigma)))
      .mul(1 / (sigma * Math.sqrt(2 * Math.PI)));
    const S = still.ref.greaterEqual(0).astype(numpy.float32);
    return S.add(x.sub(still).mul(f));
  };
  return (parameters: JaxArray[], x: JaxArray, target: JaxArray): JaxArray => {
    const depths = parameters.length / 2 - 1;
    const affine = (input: JaxArray, l: number) =>
      numpy.matmul(input, parameters[2 * l].ref).add(parameters[2 * l + 1].ref);
    const constant = affine(x, 0);
    const membranes: (JaxArray | undefined)[] = [];
    let sum: JaxArray | undefined;
    for (let t = 0; t < T; t++) {
      let S = constant.ref;
      for (let depth = 0; depth < depths; depth++) {
        const Z = depth === 0 ? S : affine(S, depth);
        const before = membranes[depth];
        const U = before ? (leak === 1 ? before : before.mul(leak)).add(Z) : Z;
        S = spike(U.ref);
        membranes[depth] = U.sub(lax.stopGradient(S.ref).mul(threshold));
      }
      sum = sum ? sum.add(S) : S;
    }
    const y = affine((sum as JaxArray).mul(1 / T), depths).reshape([-1]);
    for (const array of [constant, ...membranes, ...parameters]) array?.dispose();
    return numpy.square(y.sub(target)).mean();
  };
}

/** Flat parameters as lossOf takes them. */
function unpack({ numpy }: Jax, { layers }: Layout, flat: ArrayLike<number>): JaxArray[] {
  return layers.flatMap(({ weights, biases, end, inputs, outputs }) => {
    const W = new Float32Array(inputs * outputs);
    for (let j = 0; j < outputs; j++)
      for (let i = 0; i < inputs; i++) W[i * outputs + j] = flat[weights + j * inputs + i];
    const b = Float32Array.from({ length: end - biases }, (_, j) => flat[biases + j]);
    return [numpy.array(W).reshape([inputs, outputs]), numpy.array(b)];
  });
}

/** The flat order of θ again. */
async function flatten({ layers, size }: Layout, parameters: readonly JaxArray[]): Promise<Float64Array> {
  const flat = new Float64Array(size);
  for (const [l, { weights, biases, inputs, outputs }] of layers.entries()) {
    const W = await parameters[2 * l].ref.data();
    for (let j = 0; j < outputs; j++)
      for (let i = 0; i < inputs; i++) flat[weights + j * inputs + i] = W[i * outputs + j];
    flat.set(await parameters[2 * l + 1].ref.data(), biases);
  }
  return flat;
}

async function trained(jax: Jax, workload: Workload): Promise<Running> {
  const { numpy, grad, jvp, jit } = jax;
  const { network, layout, method, optimiser, schedule } = workload.task.specs;
  const { beta1, beta2, epsilon } = optimiser;
  const reverse = method.derivation === 'reverse';
  const loss = lossOf(jax, network, method.surrogate.sigma);
  const count = 2 * layout.layers.length;

  /** Takes ownership; `along` is empty under BP. */
  const gradient = (parameters: JaxArray[], x: JaxArray, target: JaxArray, along: JaxArray[]): JaxArray[] => {
    if (reverse) return grad(loss)(parameters, x, target);
    const still = along.map((direction) => direction.ref);
    const [value, c] = jvp((at: JaxArray[]) => loss(at, x, target), [parameters], [still]);
    value.dispose();
    const estimate = along.map((direction) => direction.mul(c.ref));
    c.dispose();
    return estimate;
  };
  /** Parameters and moments after a step of Adam; `corrections` are 1/(1 - β₁ᵏ) · η and 1/(1 - β₂ᵏ). */
  const step = jit(
    (
      state: JaxArray[],
      x: JaxArray,
      target: JaxArray,
      along: JaxArray[],
      rate: JaxArray,
      correction: JaxArray,
    ) => {
      const [theta, m, v] = [0, 1, 2].map((part) => state.slice(part * count, (part + 1) * count));
      const g = gradient(
        theta.map((array) => array.ref),
        x,
        target,
        along,
      );
      const nextM = m.map((array, i) => array.mul(beta1).add(g[i].ref.mul(1 - beta1)));
      const nextV = v.map((array, i) => array.mul(beta2).add(numpy.square(g[i]).mul(1 - beta2)));
      const next = theta.map((array, i) => {
        const root = numpy.sqrt(nextV[i].ref.mul(correction.ref)).add(epsilon);
        return array.sub(nextM[i].ref.mul(rate.ref).div(root));
      });
      rate.dispose();
      correction.dispose();
      return [...next, ...nextM, ...nextV];
    },
  );
  const one = (value: number) => numpy.array(Float32Array.of(value));
  const inputsOf = (at: number) => {
    const { batch, direction } = stepOf(workload, at);
    const [{ inputs, rows, width }] = batch.factors;
    const x = numpy.array(Float32Array.from(inputs)).reshape([rows, width]);
    const target = numpy.array(Float32Array.from(batch.target));
    return { x, target, along: reverse ? [] : unpack(jax, layout, direction) };
  };

  const start = unpack(jax, layout, workload.state.theta);
  const first = inputsOf(0);
  const proved = gradient(
    start.map((array) => array.ref),
    first.x,
    first.target,
    first.along,
  );
  proveGradient(jaxJs.name, workload, await flatten(layout, proved));
  for (const array of proved) array.dispose();

  const zeros = () => unpack(jax, layout, new Float64Array(layout.size));
  let state = [...start, ...zeros(), ...zeros()];
  let done = 0;
  return {
    steps: 1,
    async slice() {
      const { x, target, along } = inputsOf(done++);
      const rate = one(schedule.startRate / (1 - beta1 ** done));
      state = step(state, x, target, along, rate, one(1 / (1 - beta2 ** done)));
      await state[0].ref.data();
    },
    dispose() {
      for (const array of state) array.dispose();
    },
  };
}
