import { Workbox } from 'workbox-window';
import { useOffline } from '../views/loading/offline-state.ts';
import { beforeReload } from '../views/loading/reload.ts';

/** A page that stays open looks for a new version when it is shown again, after this many ms at the soonest. */
const LOOK_MS = 3_600_000;
/** The page is opened anew after so many ms at the latest, whether the new version has taken over or not. */
const HAND_OVER_MS = 10_000;

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Whether the page may be kept: in a window of its own, on a secure origin, in a browser that has service workers. */
function canBeKept(): boolean {
  try {
    // Packed for a course system or as one file, it has no manifest.
    const whole = document.querySelector('link[rel=manifest]') !== null;
    return import.meta.env.PROD && whole && window.top === window && navigator.serviceWorker !== undefined;
  } catch {
    // A sandbox forbids it.
    return false;
  }
}

/**
 * Has the browser keep all files of the page, so that it opens and trains without a connection, and tells of a new version: that
 * takes this one's place when the user asks for it or has closed the page, never by itself.
 */
export async function keepOffline(): Promise<void> {
  if (!canBeKept()) return;
  const { connection } = navigator as { connection?: { readonly saveData?: boolean } };
  const registration = await navigator.serviceWorker.getRegistration();
  if (connection?.saveData && !registration?.active)
    useOffline.setState({ state: 'asks', keep: () => void keep().catch(forbidden) });
  else await keep().catch(forbidden);
}

/** Some browsers have service workers and allow none: in private windows, by settings. */
const forbidden = () => useOffline.setState({ state: 'absent' });

async function keep(): Promise<void> {
  const { serviceWorker } = navigator;
  const wasKept = serviceWorker.controller !== null;
  const workbox = new Workbox('./sw.js', { updateViaCache: 'none' });
  const renewed = () => useOffline.setState({ renewed: true });
  useOffline.setState({ state: 'keeping', keep: undefined });
  workbox.addEventListener('waiting', renewed);
  // Let in by another tab: what this page has not loaded yet is kept no longer.
  if (wasKept) serviceWorker.addEventListener('controllerchange', renewed);
  const registration = await workbox.register({ immediate: true });
  if (!registration) return forbidden();
  beforeReload((isOnServer) =>
    Promise.race([
      letIn(registration, isOnServer).finally(() =>
        serviceWorker.removeEventListener('controllerchange', renewed),
      ),
      after(HAND_OVER_MS),
    ]),
  );
  lookAgain(registration);
  await serviceWorker.ready;
  useOffline.setState({ state: 'kept' });
}

/** The version that waits, or is found on the server now, takes over. */
async function letIn(registration: ServiceWorkerRegistration, isOnServer: boolean): Promise<void> {
  if (isOnServer && !registration.waiting) await registration.update();
  await installed(registration.installing);
  if (!registration.waiting) return;
  const takenOver = new Promise((resolve) =>
    navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
  );
  registration.waiting.postMessage({ type: 'SKIP_WAITING' });
  await takenOver;
}

/** Resolves once a version has all its files, or was given up. */
function installed(worker: ServiceWorker | null): Promise<void> {
  return new Promise((resolve) => {
    const look = () => worker?.state !== 'installing' && resolve();
    worker?.addEventListener('statechange', look);
    look();
  });
}

function lookAgain(registration: ServiceWorkerRegistration): void {
  let looked = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.hidden || Date.now() - looked < LOOK_MS) return;
    looked = Date.now();
    // Offline, there is none to be found.
    registration.update().catch(() => undefined);
  });
}
