import { expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Lesson } from '../../lessons/lesson.ts';
import type { PlayerState } from '../../lessons/player.ts';
import { tellScenes } from './scene-report.ts';

it('each change of a scene is told once, and none while no scene is open', () => {
  const scene = { title: 'a', hash: '', words: '', text: [], tasks: [], after: [], notes: [], line: 1 };
  const asking = { ...scene, question: { text: [], answers: [] } };
  const lesson: Lesson = { title: 'l', about: [], explains: [], scenes: [asking, scene, asking] };
  const closed: PlayerState = {
    phase: 'closed',
    asked: 0,
    tasks: [],
    done: false,
    verdicts: new Map(),
    checked: false,
  };
  const store = createStore<PlayerState>(() => closed);
  const document = new EventTarget();
  vi.stubGlobal('document', document);
  const told: unknown[] = [];
  document.addEventListener('scene', (event) => told.push((event as CustomEvent).detail));
  tellScenes(store);
  const place = { lesson: 3, scene: 1 };
  store.setState({ phase: 'loading', place });
  expect(told).toEqual([]);
  store.setState({ phase: 'open', lesson, scene: asking });
  store.setState({ asked: 1 });
  store.setState({ chosen: 1, done: true });
  store.setState({ right: 1 });
  const common = { lesson: 3, scene: 1, scenes: 3, questions: 2 };
  expect(told).toEqual([
    { ...common, done: false },
    { ...common, done: true },
    { ...common, done: true, isRight: true },
  ]);
  store.setState({ chosen: 'none' });
  expect(told.at(-1)).toEqual({ ...common, done: true, isRight: false });
  vi.unstubAllGlobals();
});
