// Put into the page before its own scripts: collects paints, long tasks and interactions in `seen`.
(() => {
  /** @type {any} */
  const seen = { paints: {}, largest: 0, tasks: [], clicks: [], lags: [] };
  Object.assign(globalThis, { seen });
  const on = (/** @type {string} */ type, /** @type {(entry: any) => void} */ take, options = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
      type,
      buffered: true,
      ...options,
    });
  on('paint', (entry) => {
    seen.paints[entry.name] = entry.startTime;
  });
  on('largest-contentful-paint', (entry) => {
    seen.largest = entry.startTime;
  });
  on('longtask', (entry) => {
    seen.tasks.push({ start: entry.startTime, ms: entry.duration });
  });
  on(
    'event',
    (entry) => {
      if (entry.interactionId) seen.clicks.push(entry.duration);
    },
    { durationThreshold: 16 },
  );
  // How long after the worker sent a result it stands on the screen: until the page says so to the worker.
  const Plain = globalThis.Worker;
  globalThis.Worker = class extends Plain {
    constructor(/** @type {ConstructorParameters<typeof Worker>} */ ...args) {
      super(...args);
      /** @type {number[]} */
      this.sent = [];
      this.addEventListener('message', ({ data }) => {
        if (data.event?.kind === 'telemetry' && data.at) this.sent.push(data.at);
      });
    }
    /** @override */
    postMessage(/** @type {any} */ message, /** @type {any} */ ...rest) {
      const at = message.acknowledged && this.sent.shift();
      if (at) seen.lags.push(performance.timeOrigin + performance.now() - at);
      super.postMessage(message, ...rest);
    }
  };
})();
