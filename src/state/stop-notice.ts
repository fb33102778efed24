import type { StoppedLane, WorkerEvent } from '../worker/protocol.ts';
import type { Notice, PlaygroundState } from './app-state.ts';
import { letterOf, slotsOf } from './slots.ts';

type Stop = Extract<WorkerEvent, { kind: 'stopped' }>;
type App = Pick<PlaygroundState, 'comparison'>;

/** What is said when training stops: one sentence that holds for every lane. */
export function stopNotice(stop: Stop, app: App): Notice {
  if (stop.reason === 'failed') return { kind: 'error', text: stop.message };
  const lanes = withLetters(stop.lanes, app);
  if (stop.reason === 'diverged')
    return { kind: 'error', text: `${divergedAt(lanes)}: the loss or a weight is no longer a finite number` };
  const [{ step }] = lanes;
  const alike = lanes.every((lane) => lane.step === step && lane.rest === undefined);
  return { kind: 'info', text: alike ? `finished after ${steps(step)}` : apart(lanes) };
}

type Lettered = StoppedLane & { readonly letter: string };

/** The lanes by the letters that the page shows, in their order. */
function withLetters(lanes: readonly StoppedLane[], { comparison }: App): Lettered[] {
  const slots = slotsOf(
    lanes.map(({ lane }) => lane),
    comparison.slots,
  );
  return lanes
    .map((lane) => ({ ...lane, letter: letterOf(slots[lane.lane]) }))
    .sort((a, b) => a.letter.localeCompare(b.letter));
}

function divergedAt(lanes: readonly Lettered[]): string {
  const diverging = lanes.filter(({ rest }) => rest === 'diverged');
  if (lanes.length === 1) return `diverged at step ${number(diverging[0].step)}`;
  return `diverged: ${diverging.map(({ letter, step }) => `${letter} at step ${number(step)}`).join(', ')}`;
}

/** Lanes that finished at different steps, or not all. */
function apart(lanes: readonly Lettered[]): string {
  const finishers = lanes.filter(({ rest }) => rest === undefined);
  const phrases = finishers.map(
    ({ letter, step }, i) => `${letter} ${i < finishers.length - 1 ? number(step) : steps(step)}`,
  );
  const others = lanes.flatMap(({ letter, step, rest }) =>
    rest ? [`${letter} ${rest} at step ${number(step)}`] : [],
  );
  return [`finished: ${phrases.join(', ')}`, ...others].join('; ');
}

const number = (count: number) => count.toLocaleString('en-US');
const steps = (count: number) => `${number(count)} step${count === 1 ? '' : 's'}`;
