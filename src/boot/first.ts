import { drawFirstRun } from './first-paint.ts';
import { pause } from './pause.ts';

/** Figures first, then React, then the page: each in tasks of its own, so that none of them holds up the others for long. */
async function start(): Promise<void> {
  await drawFirstRun();
  await import('react-dom/client');
  await pause();
  const { start } = await import('./main.tsx');
  await pause();
  await start();
}

start().catch((error: unknown) => {
  globalThis.notStarted?.(error);
  throw error;
});
