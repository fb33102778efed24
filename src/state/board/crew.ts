import type { StoreApi } from 'zustand/vanilla';
import type { FromBoard } from '../../worker/board/protocol.ts';
import type { BoardPort, BoardRun, BoardState } from './board-state.ts';

interface CrewOptions {
  readonly store: StoreApi<BoardState>;
  readonly spawn: () => BoardPort;
  /** A run has come to a point from which it can be gone on with, or to its end. */
  readonly onStanding: () => void;
  /** The last thread has ended. */
  readonly onIdle: () => void;
}

/** The threads that train the runs of a board. */
export class Crew {
  private readonly members = new Set<BoardPort>();

  constructor(private readonly options: CrewOptions) {}

  get size(): number {
    return this.members.size;
  }

  /** Threads for the runs that wait, `most` at most. */
  start(most: number): void {
    const { store, spawn } = this.options;
    const waiting = store.getState().runs.filter((run) => run.status === 'waiting').length;
    for (let i = 0; i < Math.min(most, waiting); i++) {
      const port = spawn();
      this.members.add(port);
      store.setState({ threads: this.members.size });
      this.next(port);
    }
  }

  /** Every run stops at its next step and says where it stands. */
  halt(): void {
    for (const port of this.members) port.postMessage({ kind: 'halt' });
  }

  /** All threads end at once. */
  stop(): void {
    for (const port of this.members) end(port);
    this.members.clear();
    this.options.store.setState({ threads: 0 });
  }

  private update(id: string, change: Partial<BoardRun>): void {
    this.options.store.setState(({ runs }) => ({
      runs: runs.map((run) => (run.id === id ? { ...run, ...change } : run)),
    }));
  }

  /** A thread takes the next run that waits; without one it ends. */
  private next(port: BoardPort): void {
    const { store } = this.options;
    const { runs, status } = store.getState();
    const run = status === 'running' ? runs.find((r) => r.status === 'waiting') : undefined;
    if (!run) {
      this.retire(port);
      return;
    }
    this.update(run.id, { status: 'training' });
    port.onmessage = ({ data }) => data.id === run.id && this.receive(port, data);
    port.onerror = (event) => {
      this.update(run.id, { status: 'failed', message: event.message || 'the training thread stopped' });
      this.retire(port);
      if (store.getState().status === 'running') this.start(1);
    };
    port.postMessage({ kind: 'train', job: { id: run.id, config: run.config, from: run.at } });
  }

  private receive(port: BoardPort, message: FromBoard): void {
    const { id } = message;
    if (message.kind === 'progress') this.update(id, { step: message.step, ms: message.ms });
    else if (message.kind === 'standing') {
      this.update(id, { at: message.at, step: message.at.state.step, ms: message.at.ms });
      this.options.onStanding();
    } else if (message.kind === 'halted') {
      this.update(id, { status: 'waiting' });
      this.retire(port);
    } else {
      if (message.kind === 'failed') this.update(id, { status: 'failed', message: message.message });
      else {
        const { result } = message;
        this.update(id, { status: 'done', result, at: undefined, step: result.steps, ms: result.ms });
      }
      this.options.onStanding();
      this.next(port);
    }
  }

  private retire(port: BoardPort): void {
    end(port);
    this.members.delete(port);
    this.options.store.setState({ threads: this.members.size });
    if (this.members.size === 0) this.options.onIdle();
  }
}

function end(port: BoardPort): void {
  port.onmessage = null;
  port.onerror = null;
  port.terminate();
}
