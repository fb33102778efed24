import { statSync } from 'node:fs';
import type { TestSequencer, TestSpecification } from 'vitest/node';

/** Tests that train for long, the longest first. */
const LONG = [
  'lessons/lessons',
  'cli/reproduction',
  'fuzz/fuzz',
  'snn/gradient',
  'snn/row-wise',
  'kernels/convergence',
  'state/busy-worker',
  'state/kept/keeping',
  'tests/library',
];

/** Long tests begin first, so that no process waits for the last of them; then the larger file, which takes longer as a rule. */
export class LongFirst implements TestSequencer {
  async shard(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files;
  }
  async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const index = LONG.findIndex((name) => moduleId.endsWith(`${name}.test.ts`));
      return index === -1 ? LONG.length : index;
    };
    const size = ({ moduleId }: TestSpecification) => statSync(moduleId).size;
    return files.toSorted((a, b) => rank(a) - rank(b) || size(b) - size(a));
  }
}
