import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { CATALOGUE, loadLesson } from '../../lessons/catalogue.ts';
import { evaluateCheck } from '../../lessons/check.ts';
import type { Lesson } from '../../lessons/lesson.ts';
import { pageFacts } from '../../lessons/page-facts.ts';
import { createPlayer, type Player, type PlayerState } from '../../lessons/player.ts';
import { arriving } from '../../problems/arriving.ts';
import type { Playground } from '../../state/playground.ts';
import type { LessonPlace } from '../../state/presentation.ts';
import { usePlayground } from '../context.ts';
import { sceneDone } from './progress.ts';
import { tellScenes } from './scene-report.ts';

const players = new WeakMap<Playground, Player>();

/** The player of a page's lessons. */
export function playerOf(playground: Playground): Player {
  const known = players.get(playground);
  if (known) return known;
  const facts = pageFacts(playground);
  const player = createPlayer(playground, {
    evaluate: ({ source }, measures) => evaluateCheck(source, facts, measures),
    load,
    onDone: sceneDone,
  });
  players.set(playground, player);
  tellScenes(player.store);
  return player;
}

/** A part of what the player shows; the component renders again when that part changes. */
export function useLesson<T>(select: (state: PlayerState) => T): T {
  return useStore(playerOf(usePlayground()).store, useShallow(select));
}

/** @throws Error saying why the lesson cannot be opened */
async function load(place: LessonPlace): Promise<Lesson> {
  if (place.lesson === 'own') return (await arriving(() => import('./own-lesson.ts'))).ownLesson(place);
  const lesson = await loadLesson(place.lesson);
  if (!lesson) throw new Error(`There is no lesson ${place.lesson}; allowed: 1 to ${CATALOGUE.length}`);
  return lesson;
}

/** Keys that turn the scenes over, also those of a presenter's clicker, where no control has a use for them. */
export function useSceneKeys(player: Player): void {
  useEffect(() => {
    const turns: Record<string, () => void> = {
      ArrowRight: player.next,
      PageDown: player.next,
      ArrowLeft: player.previous,
      PageUp: player.previous,
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.key in turns) || event.defaultPrevented) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const target = event.target instanceof Element ? event.target : undefined;
      const used = event.key.startsWith('Arrow') ? ARROWS_USED : PAGES_USED;
      if (target?.closest(`${used}, dialog, aside, [role="dialog"]`)) return;
      event.preventDefault();
      turns[event.key]();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [player]);
}

const PAGES_USED = 'textarea, select, input[type="range"], [role="slider"], [contenteditable]';
const ARROWS_USED = `input, canvas[tabindex], [role="radiogroup"], [role="grid"], [role="application"], ${PAGES_USED}`;
