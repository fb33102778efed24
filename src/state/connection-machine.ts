import type { Command } from '../worker/protocol.ts';

/** How the page stands with its worker. `attempt` numbers what is under way: its end counts only while it is that one. */
export type ConnectionState =
  /** Nothing has been asked of the worker yet. */
  | { readonly at: 'idle' }
  /** A worker opens all lanes; `fault` is what prevented it before. */
  | { readonly at: 'opening'; readonly attempt: number; readonly fault?: string }
  /** The worker has all lanes. */
  | { readonly at: 'open' }
  /** Other lanes take the place of those beside the main one. */
  | { readonly at: 'altering'; readonly attempt: number }
  /** The lanes could not be opened, or no worker is there; `fault` says why. */
  | { readonly at: 'closed'; readonly fault?: string }
  /** The page is done with it. */
  | { readonly at: 'disposed' };

type At = ConnectionState['at'];
export type ConnectionEvent = 'open' | 'opened' | 'failed' | 'alter' | 'altered' | 'gone' | 'dispose';

/** The state that an event leads to; an event that is not listed is refused. */
export const TRANSITIONS: Readonly<Record<At, Readonly<Partial<Record<ConnectionEvent, At>>>>> = {
  idle: { open: 'opening', gone: 'closed', dispose: 'disposed' },
  opening: { open: 'opening', opened: 'open', failed: 'closed', gone: 'closed', dispose: 'disposed' },
  open: { open: 'opening', alter: 'altering', gone: 'closed', dispose: 'disposed' },
  altering: { open: 'opening', altered: 'open', gone: 'closed', dispose: 'disposed' },
  closed: { open: 'opening', gone: 'closed', dispose: 'disposed' },
  disposed: {},
};

/** What waits for its turn: a command, the alteration of the lanes, or somebody who wants to know when lanes are no longer on their way. */
type Kind = Command['kind'] | 'alteration' | 'rest';

interface Waiting {
  readonly kind: Kind;
  /** `admitted`: false when it is not to be done any more. */
  readonly turn: (admitted: boolean) => void;
}

/** These begin under the settings that were chosen before. */
const UNDER_SETTINGS: readonly Kind[] = ['play', 'step'];

/**
 * The states of a connection, and the queue of what waits for one in which it can be done: first come, first served, but that play
 * and step let others pass while settings are being changed. Knows neither worker nor stores.
 */
export class ConnectionMachine {
  private current: ConnectionState = { at: 'idle' };
  private attempts = 0;
  /** Changes of the settings that are under way. */
  private changes = 0;
  private queue: Waiting[] = [];

  get state(): ConnectionState {
    return this.current;
  }

  /** Lanes begin to be opened, all of them. @returns the attempt; undefined when that is refused */
  open(): number | undefined {
    return this.go('open') ? this.attempts : undefined;
  }

  /** All lanes are open. False when that is of an earlier attempt. */
  opened(attempt: number): boolean {
    return this.go('opened', attempt);
  }

  /** The lanes could not be opened. False when that is of an earlier attempt. */
  failed(attempt: number, fault?: string): boolean {
    return this.go('failed', attempt, fault);
  }

  /** No worker is there. */
  gone(fault: string): boolean {
    return this.go('gone', undefined, fault);
  }

  /** Begins to alter the lanes once its turn has come. @returns the attempt; undefined when no lanes are open then */
  alter(): Promise<number | undefined> {
    return this.wait('alteration', (admitted) => (admitted ? this.attempts : undefined));
  }

  /** The lanes are altered. False when they were opened anew, or lost, meanwhile. */
  altered(attempt: number): boolean {
    return this.go('altered', attempt);
  }

  /** What waits is not done any more. */
  dispose(): boolean {
    return this.go('dispose');
  }

  /** Whether what is under way is still this attempt. */
  isCurrent(attempt: number): boolean {
    return 'attempt' in this.current && this.current.attempt === attempt;
  }

  /** Waits for a command's turn. False when it is not to be sent: a pause came after play, or the connection was disposed of. */
  admitted(kind: Command['kind']): Promise<boolean> {
    if (kind === 'pause') this.drop('play');
    return this.wait(kind, (admitted) => admitted);
  }

  /** Resolves once no lanes are on their way, and what came before has had its turn. */
  rest(): Promise<void> {
    return this.wait('rest', () => undefined);
  }

  /** While `work` lasts, play and step wait. */
  async changing<T>(work: () => Promise<T>): Promise<T> {
    this.changes++;
    try {
      return await work();
    } finally {
      this.changes--;
      this.serve();
    }
  }

  private wait<T>(kind: Kind, result: (admitted: boolean) => T): Promise<T> {
    return new Promise((resolve) => {
      this.queue.push({ kind, turn: (admitted) => resolve(result(admitted)) });
      this.serve();
    });
  }

  /** The one place where the state changes. False when the event is refused: the state stays as it was. */
  private go(event: ConnectionEvent, attempt?: number, fault?: string): boolean {
    const before = this.current;
    const at = TRANSITIONS[before.at][event];
    if (!at || (attempt !== undefined && !this.isCurrent(attempt))) return false;
    switch (at) {
      case 'opening':
        this.current = { at, attempt: ++this.attempts, fault: 'fault' in before ? before.fault : undefined };
        break;
      case 'altering':
        this.current = { at, attempt: ++this.attempts };
        break;
      case 'closed':
        this.current = { at, fault };
        break;
      default:
        this.current = { at };
    }
    this.serve();
    return true;
  }

  /** Gives their turns to those of the queue whose time has come. */
  private serve(): void {
    const { at } = this.current;
    if (at === 'opening' || at === 'altering') return;
    const next = this.queue.find(
      ({ kind }) => this.changes === 0 || !UNDER_SETTINGS.includes(kind) || at === 'disposed',
    );
    if (!next) return;
    this.queue = this.queue.filter((waiting) => waiting !== next);
    const alters = next.kind === 'alteration';
    next.turn(alters ? this.go('alter') : at !== 'disposed');
    this.serve();
  }

  private drop(kind: Kind): void {
    const dropped = this.queue.filter((waiting) => waiting.kind === kind);
    this.queue = this.queue.filter((waiting) => waiting.kind !== kind);
    for (const { turn } of dropped) turn(false);
  }
}
