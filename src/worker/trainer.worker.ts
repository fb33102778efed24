import { chooseEngine, type EngineChoice, type EngineReport, engineMakers } from '../kernels/choose.ts';
import { RecoveringEngine } from '../kernels/recover.ts';
import { startWorker } from '../kernels/start-worker.ts';
import { onBeat } from '../snn/beat.ts';
import { IndirectEngine } from '../training/indirect/engine.ts';
import { type CrewPort, ThreadCrew } from './crew.ts';
import crewAddress from './crew.worker.ts?worker&url';
import { PageWatch } from './page-watch.ts';
import type { FromWorker, ToWorker, WorkerEvent } from './protocol.ts';
import { Trainer } from './trainer.ts';

const scope = self as unknown as {
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
  onmessage: (event: MessageEvent<ToWorker>) => void;
};

const page = new PageWatch(() => performance.now());

/** Timers are clamped to 4 ms; a message to oneself is not. */
const channel = new MessageChannel();
let wakes: (() => void)[] = [];
channel.port1.onmessage = () => {
  const waking = wakes;
  wakes = [];
  for (const wake of waking) wake();
};

/** Told while work in one go keeps the thread from answering. */
const BEAT_MS = 500;
let beatAt = 0;
onBeat(() => {
  const now = performance.now();
  if (now - beatAt < BEAT_MS) return;
  beatAt = now;
  scope.postMessage({ beat: true });
});
/** The page says that it rests within a second. */
const ANSWER_MS = 400;

/** Threads that train lanes: one a core at most, this one included. Several runs on a GPU are one grid and need none. */
let crew: ThreadCrew | undefined;
const MOST_THREADS = 8;
const cores = navigator.hardwareConcurrency || 1;
const threads = Math.min(MOST_THREADS, cores) - 1;
/** Threads of which lanes may take one each. */
let most = 1;

function spawnMember(): CrewPort {
  return startWorker(crewAddress) as unknown as CrewPort;
}

const trainer = new Trainer({
  emit(event) {
    if (event.kind === 'telemetry') page.sent();
    scope.postMessage({ event, at: performance.timeOrigin + performance.now() }, transferables(event));
  },
  ready: () => page.ready(),
  yields: (lanes) => page.hasTheCores(Math.min(lanes, most) >= cores),
  now: () => performance.now(),
  breathe: (ms) =>
    new Promise((resolve) => {
      if (ms > 0) setTimeout(resolve, ms);
      else {
        wakes.push(resolve);
        channel.port2.postMessage(0);
      }
    }),
  crew(engine) {
    const alone = engine.name !== 'wasm' || threads < 1 || typeof Worker === 'undefined';
    most = alone ? 1 : threads + 1;
    if (alone) return undefined;
    crew ??= new ThreadCrew(threads, spawnMember, engine.name);
    // While the page draws what it was told last, a core is the page's.
    const spared = page.draws && threads + 1 === cores ? 1 : 0;
    return crew.upTo(threads - spared);
  },
  threads: threads + 1,
  answersWithin: ANSWER_MS,
  async chooseEngine(choice, pulse) {
    const choose = (name: EngineChoice) => chooseEngine(name, engineMakers(pulse));
    const { engine, idle, report } = await choose(choice);
    const tell = (changed: EngineReport) => scope.postMessage({ event: { kind: 'engine', report: changed } });
    const recovering = new RecoveringEngine(engine, choose, tell, idle);
    return { engine: new IndirectEngine(recovering, pulse), report, swapped: recovering };
  },
});

scope.onmessage = ({ data }) => {
  if ('acknowledged' in data) {
    page.acknowledged(data.seen);
    return;
  }
  if ('answering' in data) {
    page.answering(data.answering);
    return;
  }
  const { id, command } = data;
  trainer.handle(command).then(
    (answer) => scope.postMessage({ id, answer }),
    (error: unknown) => {
      const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
      scope.postMessage({ id, error: { name, message } });
    },
  );
};

/** Buffers that the worker has no more use for once they are sent. */
function transferables(event: WorkerEvent): Transferable[] {
  if (event.kind !== 'telemetry') return [];
  return event.lanes.flatMap((lane) => {
    const buffers: Transferable[] = [lane.losses.buffer as ArrayBuffer];
    if (lane.prediction) buffers.push(lane.prediction.values.buffer as ArrayBuffer);
    return buffers;
  });
}
