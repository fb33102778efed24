/** Chains of a multiplication and an addition: enough that none waits for the one before. */
const CHAINS = 10;
const LOOPS = 20_000;
/** The loops are called until no call of so many ms was faster: what is called often is compiled again, better, beside it. */
const PATIENCE_MS = 2500;

/** What one core computes at most in WebAssembly, in 10⁹ additions and multiplications a second. */
export interface Peak {
  readonly f32x4: number;
  readonly f64x2: number;
}

/** A loop of independent u ← u m + b in a kind of vector, all in registers. @returns AssemblyScript */
function loopOf(kind: 'f32x4' | 'f64x2'): string {
  const chains = Array.from({ length: CHAINS }, (_, i) => `u${i}`);
  return `export function ${kind}Loop(n: i32): void {
    // From memory: constants in the code would be built anew at each use.
    v128.store(0, ${kind}.splat(0.75));
    v128.store(16, ${kind}.splat(0.25));
    const m = v128.load(0), b = v128.load(16);
    ${chains.map((u, i) => `let ${u} = ${kind}.splat(${i});`).join('\n')}
    for (let i = 0; i < n; i++) {
      ${chains.map((u) => `${u} = ${kind}.add(${kind}.mul(${u}, m), b);`).join('\n')}
    }
    v128.store(0, ${chains.reduce((sum, u) => `${kind}.add(${sum}, ${u})`)});
  }`;
}

/** Measures it by loops that are compiled as the engine's kernels are. @throws Error when they do not compile */
export async function measurePeak(): Promise<Peak> {
  const { default: asc } = await import('assemblyscript/asc');
  const source = `${loopOf('f32x4')}\n${loopOf('f64x2')}`;
  const { binary, stderr } = await asc.compileString(source, {
    optimizeLevel: 3,
    runtime: 'stub',
    enable: ['simd'],
    initialMemory: 1,
  });
  if (!binary) throw new Error(`the loops of the peak do not compile: ${stderr}`);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(binary)), {
    env: { abort() {} },
  });
  const best = { f32x4: Number.POSITIVE_INFINITY, f64x2: Number.POSITIVE_INFINITY };
  let since = performance.now();
  while (performance.now() - since < PATIENCE_MS)
    for (const kind of ['f32x4', 'f64x2'] as const) {
      // Nothing that was compiled beside it comes into force while a loop holds the thread.
      await new Promise((resolve) => setTimeout(resolve));
      const begun = performance.now();
      (exports[`${kind}Loop`] as (n: number) => void)(LOOPS);
      const ms = performance.now() - begun;
      if (ms < best[kind] / 1.02) since = performance.now();
      best[kind] = Math.min(best[kind], ms);
    }
  const rate = (ms: number, lanes: number) => (2 * lanes * CHAINS * LOOPS) / ms / 1e6;
  return { f32x4: rate(best.f32x4, 4), f64x2: rate(best.f64x2, 2) };
}
