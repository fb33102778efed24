// Put into the page before its own scripts: collects paints, long tasks and interactions in `seen`.
(() => {
  /** @type {any} */
  const seen = { paints: {}, largest: 0, tasks: [], clicks: [], events: 0 };
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
    seen.tasks.push(entry.duration);
  });
  on(
    'event',
    (entry) => {
      if (entry.interactionId) seen.clicks.push(entry.duration);
    },
    { durationThreshold: 16 },
  );
})();
