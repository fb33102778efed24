import { chooseEngine } from '../kernels/choose.ts';
import type { Engine, EngineName, Task } from '../training/engine.ts';
import { IndirectEngine } from '../training/indirect/engine.ts';
import type { FromCrew, ToCrew } from './crew.ts';

const scope = self as unknown as {
  postMessage(message: FromCrew): void;
  onmessage: (event: MessageEvent<ToCrew>) => void;
};

const tasks = new Map<number, Task>();
let engine: Promise<Engine> | undefined;

/** @throws Error when the engine asked for does not run here: another one's numbers would differ. */
async function start(name: EngineName): Promise<Engine> {
  const { engine, report } = await chooseEngine(name);
  if (report.engine !== name) throw new Error(report.reason);
  return new IndirectEngine(engine);
}

/** One piece of work after another, each timed by itself. */
async function work({ id, task, state, steps }: ToCrew & { kind: 'work' }): Promise<FromCrew> {
  try {
    const cached = tasks.get(task);
    if (!cached || !engine) throw new Error(`task ${task} has not been sent`);
    const ready = await engine;
    const start = performance.now();
    const [chunk] = await ready.advance([{ task: cached, state }], steps);
    return { id, result: { chunk, ms: performance.now() - start } };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

scope.onmessage = ({ data }) => {
  if (data.kind === 'engine') engine = start(data.engine);
  else if (data.kind === 'task') tasks.set(data.task, data.content);
  else if (data.kind === 'forget') tasks.delete(data.task);
  else void work(data).then((answer) => scope.postMessage(answer));
};
