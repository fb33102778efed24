import { parseGolden } from '../src/kernels/conformance/golden.ts';
import { type GoldenErrors, goldenErrors } from '../src/kernels/conformance/golden-errors.ts';
import { ENGINES, loadEngine, type NodeEngine } from './engines.ts';
import type { Verifier } from './verifier.ts';
import { webgpuVerifier } from './verify-webgpu.ts';

/** The reference computes in float64 as the golden files do, the others in float32. */
const TOLERANCES: Record<NodeEngine, number> = { reference: 1e-9, wasm: 1e-4 };

/** Engines that work in Node itself. */
const inNode = ENGINES.map(
  (name): Verifier => ({
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
  }),
);

/** All engines, in the order in which they are shown. */
export const VERIFIERS: readonly Verifier[] = [...inNode, webgpuVerifier].sort(
  (a, b) => a.tolerance - b.tolerance,
);
