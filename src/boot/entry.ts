import { pause } from './pause.ts';

/**
 * React and then the page, once the first view has been painted (a page in the background is not painted): each in tasks of its own,
 * so that none of them holds up what is pressed for long.
 */
async function start(): Promise<void> {
  if (!document.hidden) await new Promise(requestAnimationFrame);
  await pause();
  await import('react-dom/client');
  await pause();
  await import('../state/playground.ts');
  await pause();
  const { start } = await import('./main.tsx');
  await pause();
  await start();
}

start().catch((error: unknown) => {
  dispatchEvent(new CustomEvent('not-started', { detail: error }));
  throw error;
});
