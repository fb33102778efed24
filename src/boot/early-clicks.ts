declare global {
  /** Set by public/start.js until the page has come to life: says why it cannot. */
  var notStarted: ((error: unknown) => void) | undefined;
  /** Set by public/not-started.js. */
  var sayNotStarted: ((fault: string) => Promise<void>) | undefined;
  /** Set by public/start.js, which remembers the control that is pressed before the page has come to life. */
  var actEarlyClicks: (() => void) | undefined;
}

/** Once the page has come to life: what was pressed before acts now. Called again, nothing happens. */
export function replayEarlyClicks(): void {
  globalThis.actEarlyClicks?.();
  globalThis.actEarlyClicks = undefined;
}
