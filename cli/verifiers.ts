import { parseGolden } from '../src/kernels/conformance/golden.ts';
import { type GoldenErrors, goldenErrors } from '../src/kernels/conformance/golden-errors.ts';
import { loadEngine, type NodeEngine } from './engines.ts';
import type { Verifier } from './verifier.ts';
import { inChromium } from './verify-webgpu.ts';

/** The reference computes in float64 as the golden files do, the others in float32. */
const TOLERANCES: Record<NodeEngine, number> = { reference: 1e-9, wasm: 1e-4, webgpu: 1e-4 };

const inNode = (name: NodeEngine): Verifier => ({
  engine: name,
  tolerance: TOLERANCES[name],
  async run(files) {
    const engine = await loadEngine(name);
    const errors: GoldenErrors[] = [];
    for (const file of files)
      for (const problem of parseGolden(file.text, file.name))
        errors.push(await goldenErrors(engine, problem));
    engine.dispose();
    return errors;
  },
});

/** In Node where the package for it is installed and finds an adapter, else in Chromium. */
const webgpu: Verifier = {
  engine: 'webgpu',
  tolerance: TOLERANCES.webgpu,
  async run(files) {
    const { findAdapter } = await import('../src/kernels/webgpu/node.ts');
    const here = await findAdapter().then(
      () => true,
      () => false,
    );
    return here ? inNode('webgpu').run(files) : inChromium(files);
  },
};

/** All engines, in the order in which they are shown. */
export const VERIFIERS: readonly Verifier[] = [inNode('reference'), inNode('wasm'), webgpu];
