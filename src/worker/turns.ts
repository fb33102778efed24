import { Interrupted, type Pulse } from '../training/pulse.ts';
import type { Command } from './protocol.ts';

/** Long work lets messages be handled as often as this. */
export const BREATH_MS = 40;

/** What can be given up for a command that makes it needless, once it has taken a while. */
export type Phase = 'training' | 'stepping' | 'evaluation' | 'seeking' | 'question' | 'changing' | 'opening';

/** What is given up when a command comes. Single steps and lanes that are opened one after another are all wanted. */
const ENDS: Partial<Record<Command['kind'], readonly Phase[]>> = {
  pause: ['training', 'stepping', 'evaluation', 'seeking'],
  play: ['evaluation'],
  step: ['training', 'evaluation'],
  reset: ['training', 'stepping', 'evaluation', 'seeking'],
  seek: ['training', 'stepping', 'evaluation', 'seeking'],
  open: ['training', 'evaluation'],
  change: ['training', 'evaluation', 'seeking', 'question', 'changing'],
};

/** Whether a command makes work of that phase needless: all of it when the lanes are opened anew. */
function ends(command: Command, phase: Phase): boolean {
  return ('anew' in command && command.anew) || ENDS[command.kind]?.includes(phase) === true;
}

/** Commands one after another, and which work gives way to which command. */
export class Turns {
  /** What is being done that can be given up. */
  private phase: Phase | undefined;
  /** Commands that have come and not begun, oldest first. */
  private readonly queue: Command[] = [];
  private breathed = 0;
  private busy: Promise<unknown> = Promise.resolve();

  constructor(private readonly host: { now(): number; breathe(ms: number): Promise<void> }) {}

  /** Carries out a command once what came before is done; until then it waits, and work may give way to it. */
  take<T>(command: Command, work: () => T | Promise<T>): Promise<T> {
    this.queue.push(command);
    return this.inTurn(() => {
      this.queue.shift();
      return work();
    });
  }

  /** Does `work` once what came before is done. */
  inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const result = this.busy.then(work);
    this.busy = result.catch(() => undefined);
    return result;
  }

  /** Between pieces of long work: messages are handled, and what they make needless is given up. */
  readonly pulse: Pulse = () =>
    this.host.now() - this.breathed < BREATH_MS ? undefined : this.breatheAndCheck();

  private async breatheAndCheck(): Promise<void> {
    await this.host.breathe(0);
    this.breathed = this.host.now();
    this.check();
  }

  /** @throws Interrupted when a command waits that makes the work at hand needless. */
  check(): void {
    const { phase } = this;
    const by = phase && this.queue.find((command) => ends(command, phase));
    if (by) throw new Interrupted(`given up for “${by.kind}”`);
  }

  /** Work that can be given up. @throws Interrupted */
  async during<T>(phase: Phase, work: () => T | Promise<T>): Promise<T> {
    const before = this.phase;
    this.phase = phase;
    // What takes no time is done.
    this.breathed = this.host.now();
    try {
      if (phase === 'evaluation') this.check();
      return await work();
    } finally {
      this.phase = before;
    }
  }

  /** False when the work was given up. */
  async unlessGivenUp(phase: Phase, work: () => Promise<void>): Promise<boolean> {
    try {
      await this.during(phase, work);
      return true;
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      return false;
    }
  }
}
