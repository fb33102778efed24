import type { StoreApi } from 'zustand/vanilla';
import type { Notice, PlaygroundState } from './app-state.ts';

/** What the page tells its reader: one notice at a time. */
export class Notices {
  constructor(private readonly app: StoreApi<PlaygroundState>) {}

  notify(kind: Notice['kind'], text: string): void {
    this.app.setState({ notice: { kind, text } });
  }

  /** One more warning, below those that stand. */
  warn(text: string): void {
    const { notice } = this.app.getState();
    this.notify('warning', notice?.kind === 'warning' && notice.text ? `${notice.text}\n${text}` : text);
  }

  /** One more warning, in place of those that begin alike: only the latest is true. */
  warnAnew(beginning: string, text: string): void {
    const { notice } = this.app.getState();
    if (notice?.kind === 'warning') {
      const others = notice.text.split('\n').filter((line) => !line.startsWith(beginning));
      this.notify('warning', others.join('\n'));
    }
    this.warn(`${beginning}${text}`);
  }

  failed(error: unknown): void {
    this.notify('error', error instanceof Error ? error.message : String(error));
  }

  clear(): void {
    this.app.setState({ notice: undefined });
  }
}
