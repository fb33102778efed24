import { keepEarlyClicks } from './views/early-clicks.ts';
import { drawFirstRun } from './views/first-paint.ts';
import { pause } from './views/pause.ts';

/** Figures first, then React, then the page: each in tasks of its own, so that none of them holds up the others for long. */
async function start(): Promise<void> {
  await drawFirstRun();
  await import('react-dom/client');
  await pause();
  const { start } = await import('./main.tsx');
  await pause();
  await start(early);
}

// The first view is on the page already and is painted now. A page in the background is not painted.
const early = keepEarlyClicks();
if (document.hidden) void start();
else requestAnimationFrame(() => setTimeout(start));
