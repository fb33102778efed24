// What the scenarios ask of a browser, whatever it is driven by.

/** Something that is thrown into the page: it may use nothing but its arguments. */
export type InPage<A extends unknown[], T> = (...args: A) => T;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Download {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A window with one page, in which nothing is stored at first. */
export interface Tab {
  goto(address: string): Promise<void>;
  reload(): Promise<void>;
  /** Arguments and answer are JSON. */
  evaluate<A extends unknown[], T>(code: InPage<A, T>, ...args: A): Promise<T>;
  /** The pointer is pressed at the first point, moved over the others, and released: at one point, it clicks. */
  drag(...points: [Point, ...Point[]]): Promise<void>;
  /** A key as `KeyboardEvent.key` names it. */
  press(key: string): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  screenshot(): Promise<Buffer>;
  /** The next file that the browser saves. */
  download(act: () => Promise<void>): Promise<Download>;
  /** Errors that the page threw or logged so far. */
  problems(): Promise<string[]>;
  close(): Promise<void>;
}

export interface Driver {
  /** Name and version of the browser, and what drives it. */
  readonly title: string;
  open(): Promise<Tab>;
  close(): Promise<void>;
}

/** The size of a window on a laptop. */
export const LAPTOP = { width: 1366, height: 768 };
