import type { EngineName, Task } from '../training/engine.ts';
import type { Crew, Work, WorkResult } from './side-by-side.ts';

/** What a crew's thread is told: tasks are sent once and called by number from then on. */
export type ToCrew =
  | { readonly kind: 'engine'; readonly engine: EngineName }
  | { readonly kind: 'task'; readonly task: number; readonly content: Task }
  | { readonly kind: 'forget'; readonly task: number }
  | {
      readonly kind: 'work';
      readonly id: number;
      readonly task: number;
      readonly state: Work['request']['state'];
      readonly steps: number;
    };

export type FromCrew =
  | { readonly id: number; readonly result: WorkResult }
  | { readonly id: number; readonly error: string };

/** The part of Worker that a crew needs. */
export interface CrewPort {
  postMessage(message: ToCrew): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<FromCrew>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** Threads that die before their first answer are started so often in all. */
const MOST_STILLBORN = 2;
/** Tasks that a thread keeps. */
const KEPT = 16;

class Member {
  private readonly port: CrewPort;
  private readonly open = new Map<
    number,
    { resolve(result: WorkResult): void; reject(error: Error): void }
  >();
  /** Oldest first. */
  private tasks: { task: Task; number: number }[] = [];
  private next = 1;
  /** Whether it has ever answered. */
  alive = false;

  constructor(spawn: () => CrewPort, engine: EngineName, onDeath: (reason: Error) => void) {
    this.port = spawn();
    this.port.onmessage = ({ data }) => {
      this.alive = true;
      const request = this.open.get(data.id);
      this.open.delete(data.id);
      if ('error' in data) request?.reject(new Error(data.error));
      else request?.resolve(data.result);
    };
    this.port.onerror = (event) => {
      const reason = new Error(event.message || 'a training thread stopped with an error');
      onDeath(reason);
      this.end(reason);
    };
    this.port.postMessage({ kind: 'engine', engine });
  }

  get busy(): boolean {
    return this.open.size > 0;
  }

  work({ request, steps }: Work): Promise<WorkResult> {
    const id = this.next++;
    const task = this.numberOf(request.task);
    return new Promise((resolve, reject) => {
      this.open.set(id, { resolve, reject });
      this.port.postMessage({ kind: 'work', id, task, state: request.state, steps });
    });
  }

  end(reason: Error): void {
    this.port.onmessage = null;
    this.port.onerror = null;
    this.port.terminate();
    for (const { reject } of this.open.values()) reject(reason);
    this.open.clear();
  }

  private numberOf(task: Task): number {
    const entry = this.tasks.find((entry) => entry.task === task);
    if (entry) return entry.number;
    const number = this.next++;
    this.port.postMessage({ kind: 'task', task: number, content: task });
    this.tasks.push({ task, number });
    const [oldest] = this.tasks;
    if (this.tasks.length > KEPT) {
      this.tasks.shift();
      this.port.postMessage({ kind: 'forget', task: oldest.number });
    }
    return number;
  }
}

/** Threads that train beside the trainer's own, each with an engine of its own. Started when they are first needed. */
export class ThreadCrew implements Crew {
  private readonly members: (Member | undefined)[];
  private stillborn = 0;

  constructor(
    readonly size: number,
    private readonly spawn: () => CrewPort,
    private readonly engine: EngineName,
  ) {
    this.members = new Array(size);
  }

  /** The first `size` of the threads. */
  upTo(size: number): Crew {
    const usable = this.stillborn < MOST_STILLBORN ? size : 0;
    return { size: usable, work: (member, work) => this.work(member, work), giveUp: () => this.giveUp() };
  }

  giveUp(): void {
    for (const [i, member] of this.members.entries()) {
      if (!member?.busy) continue;
      member.end(new Error('given up'));
      this.members[i] = undefined;
    }
  }

  work(member: number, work: Work): Promise<WorkResult> {
    const present = this.members[member];
    if (present) return present.work(work);
    // A file that does not arrive is not asked for again and again: the trainer's own thread does the work.
    if (this.stillborn >= MOST_STILLBORN)
      return Promise.reject(new Error('no training thread can be started'));
    const newMember: Member = new Member(this.spawn, this.engine, () => {
      if (!newMember.alive) this.stillborn++;
      this.members[member] = undefined;
    });
    this.members[member] = newMember;
    return newMember.work(work);
  }
}
