import { createWasmEngine } from '../../src/kernels/wasm/engine.ts';
import type { Engine } from '../../src/training/engine.ts';
import { referenceEngine } from '../../src/training/reference-engine.ts';
import type { Contender } from './contender.mts';

/** An engine of the project; `steps` training steps make a slice, as in a chunk of the page. */
function engineContender(name: string, open: () => Promise<Engine>, steps: number): Contender {
  return {
    name,
    async prepare({ task, state }) {
      const engine = await open();
      return {
        steps,
        async slice() {
          const [{ divergedAt }] = await engine.advance([{ task, state }], steps);
          if (divergedAt !== undefined) throw new Error(`${name} diverged at step ${divergedAt}`);
        },
        dispose: () => engine.dispose(),
      };
    },
  };
}

export const reference = engineContender('reference', async () => referenceEngine, 1);
export const wasm = engineContender('wasm', createWasmEngine, 40);
