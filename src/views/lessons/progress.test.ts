import { beforeEach, expect, it, vi } from 'vitest';
import { clearProgress, countVotes, readProgress, sceneDone, useProgress } from './progress.ts';

beforeEach(() => {
  vi.unstubAllGlobals();
  clearProgress();
});

it('what cannot be read of the progress is nothing', () => {
  const none = { done: [], votes: {} };
  for (const text of [null, '', '{', '[]', 'null', '7', '{"done":{},"votes":[1]}'])
    expect(readProgress(text)).toEqual(none);
  expect(readProgress('{"done":["1.2",7,null],"votes":{"1.2":[3,0],"1.3":[-1],"1.4":"x"}}')).toEqual({
    done: ['1.2'],
    votes: { '1.2': [3, 0] },
  });
});

it('is kept as it is made, and read back', () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  sceneDone({ lesson: 3, scene: 2 });
  sceneDone({ lesson: 3, scene: 2 });
  sceneDone({ lesson: 'own', scene: 1 });
  countVotes({ lesson: 3, scene: 2 }, [4, 9]);
  const progress = { done: ['3.2'], votes: { '3.2': [4, 9] } };
  expect(useProgress.getState()).toEqual(progress);
  expect(readProgress([...kept.values()][0])).toEqual(progress);
  clearProgress();
  expect(kept.size).toBe(0);
});

it('goes on with what another tab keeps', async () => {
  const window = new EventTarget();
  vi.stubGlobal('window', window);
  vi.resetModules();
  const here = await import('./progress.ts');
  here.sceneDone({ lesson: 3, scene: 2 });
  const event = { key: 'spiking-playground.lessons', newValue: '{"done":["3.2","1.1"],"votes":{}}' };
  window.dispatchEvent(Object.assign(new Event('storage'), event));
  here.sceneDone({ lesson: 2, scene: 1 });
  expect(here.useProgress.getState().done).toEqual(['3.2', '1.1', '2.1']);
});

it('lasts as long as the page where storage is forbidden', () => {
  const forbid = () => {
    throw new DOMException('forbidden', 'SecurityError');
  };
  vi.stubGlobal('localStorage', { getItem: forbid, setItem: forbid, removeItem: forbid });
  sceneDone({ lesson: 1, scene: 1 });
  expect(useProgress.getState().done).toEqual(['1.1']);
});
