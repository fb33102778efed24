import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Contender } from './contender.mts';
import { isPlain, proveGradient, stepOf } from './first-step.mts';

/** Steps in one slice. */
const STEPS = 2;

/**
 * PyTorch on one thread, eager, in a Python process of its own (pytorch.py): autograd, or forward-mode AD under RFG, and its Adam. SG,
 * one factor, BP or RFG-G with K = 1.
 */
export function pytorch(python: string): Contender {
  let talk: Talk | undefined;
  let last = 0;
  const name = 'pytorch';
  return {
    name,
    async lacks() {
      const { error, status } = spawnSync(python, ['-c', 'import torch'], { stdio: 'ignore' });
      if (error) return `Python: there is no “${python}” (--python)`;
      return status === 0 ? undefined : `PyTorch for ${python} (--python names another)`;
    },
    async prepare(workload) {
      if (!isPlain(workload)) return undefined;
      talk ??= new Talk(python);
      const { ask } = talk;
      const { task, state, batch } = workload;
      const { network, layout, method, optimiser, schedule } = task.specs;
      const list = (values: ArrayLike<number>) => Array.from(values, (value) => Math.fround(value));
      const [{ inputs, width }] = task.data.factors;
      const id = ++last;
      await ask({
        ...{ kind: 'prepare', id, batch, width, reverse: method.derivation === 'reverse' },
        network: {
          ...{ T: network.T, threshold: network.threshold, leak: network.leak },
          ...{ sigma: method.surrogate.sigma, layers: layout.layers },
        },
        adam: { ...optimiser, rate: schedule.startRate },
        ...{ theta: list(state.theta), inputs: list(inputs), target: list(task.data.target) },
      });
      const first = stepOf(workload, 0);
      const gradient = await ask({
        ...{ kind: 'prove', id, inputs: list(first.batch.factors[0].inputs) },
        ...{ target: list(first.batch.target), direction: list(first.direction) },
      });
      proveGradient(name, workload, gradient as number[]);
      return {
        steps: STEPS,
        slice: async () => {
          await ask({ kind: 'steps', id, count: STEPS });
        },
        dispose() {
          void ask({ kind: 'dispose', id });
        },
      };
    },
    close() {
      talk?.end();
      talk = undefined;
    },
  };
}

/** One question after another to the process. */
class Talk {
  private readonly child: ChildProcess;
  private readonly lines: Interface;
  private readonly waiting: { resolve(answer: unknown): void; reject(error: Error): void }[] = [];

  constructor(python: string) {
    const script = fileURLToPath(new URL('./pytorch.py', import.meta.url));
    this.child = spawn(python, ['-W', 'ignore', script], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = createInterface({ input: this.child.stdout as NodeJS.ReadableStream });
    this.lines.on('line', (line) => this.waiting.shift()?.resolve(JSON.parse(line)));
    this.child.once('exit', (code) => {
      for (const { reject } of this.waiting.splice(0)) reject(new Error(`${python} ended with ${code}`));
    });
  }

  readonly ask = (question: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.child.stdin?.write(`${JSON.stringify(question)}\n`);
    });

  end(): void {
    this.child.stdin?.end();
  }
}
