import { afterEach, expect, it, vi } from 'vitest';
import { startWorker } from './start-worker.ts';

const started: { address: string; type?: string }[] = [];
class FakeWorker {
  constructor(address: string, options?: { type: string }) {
    started.push({ address, type: options?.type });
  }
}
function pageOf(origin: string): void {
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal('origin', origin);
  started.length = 0;
}
afterEach(() => vi.unstubAllGlobals());

const ADDRESS = 'https://a.org/assets/trainer.worker-x.js';

it('a page with an origin starts the module itself', () => {
  pageOf('https://a.org');
  startWorker(ADDRESS);
  expect(started).toEqual([{ address: ADDRESS, type: 'module' }]);
});

it('a page without one starts a classic script that imports the module', async () => {
  pageOf('null');
  let script = new Blob();
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    script = blob as Blob;
    return 'blob:null/1';
  });
  startWorker(ADDRESS);
  expect(started).toEqual([{ address: 'blob:null/1', type: undefined }]);
  expect(await script.text()).toContain(`import("${ADDRESS}")`);
  // What is such a script already.
  startWorker('blob:null/2');
  expect(started[1]).toEqual({ address: 'blob:null/2', type: undefined });
});

it('messages that come before the module are handled by it, in their order', async () => {
  pageOf('null');
  const scope = new EventTarget();
  const { importingScript } = await import('./start-worker.ts');
  let arrive = () => {};
  const module = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const run = new Function(
    'addEventListener',
    'removeEventListener',
    'dispatchEvent',
    'load',
    importingScript('x').replace('import(x)', 'load'),
  );
  run(
    scope.addEventListener.bind(scope),
    scope.removeEventListener.bind(scope),
    scope.dispatchEvent.bind(scope),
    module,
  );
  const say = (data: number) => scope.dispatchEvent(new MessageEvent('message', { data }));
  const heard: number[] = [];
  say(1);
  say(2);
  // The module listens before the script knows that it is there.
  scope.addEventListener('message', (event) => heard.push((event as MessageEvent<number>).data));
  say(3);
  expect(heard).toEqual([]);
  arrive();
  await module;
  await Promise.resolve();
  say(4);
  expect(heard).toEqual([1, 2, 3, 4]);
});
