import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { portHere, until } from '../../tests/support/worker.ts';
import { createPlayground, type Playground } from '../state/playground.ts';
import type { LessonPlace } from '../state/presentation.ts';
import type { Check, Lesson, Scene } from './lesson.ts';
import { openScene } from './open-scene.ts';
import { checksIn, createPlayer, type Player, type PlayerState } from './player.ts';

const NET = 'T=4&hidden=4&batch=8&steps=4000';
const check = (source: string): Check => ({ source, line: 1 });
const text = (words: string) => [{ kind: 'text', text: words } as const];
const scene = (hash: string, more: Partial<Scene> = {}): Scene => ({
  title: 'A scene',
  hash: `#${hash}`,
  words: 'What is shown',
  text: [],
  tasks: [],
  after: [],
  notes: [],
  line: 1,
  ...more,
});

const LESSON: Lesson = {
  title: 'A lesson',
  about: text('About it'),
  explains: [],
  scenes: [
    scene(`${NET}&panels=curves`, {
      question: {
        text: text('How many?'),
        answers: [
          { text: text('Few'), check: check('step < 30') },
          { text: text('Many'), check: check('step >= 30') },
        ],
      },
      tasks: [{ text: text('Play'), check: check('step >= 30') }],
      text: [{ kind: 'paragraph', children: [{ kind: 'check', check: check('step < 10') }] }],
      after: [{ kind: 'paragraph', children: [{ kind: 'check', check: check('measured') }] }],
    }),
    scene(`${NET}&trained=60`),
    scene(`${NET}&trained=60&panels=spikes`, {
      tasks: [
        {
          text: text('Take RFG'),
          check: check('RFG'),
          solution: { words: 'RFG', hash: `#${NET}&gradient=RFG&K=2` },
        },
      ],
    }),
    scene('lab=neuron:current=0.2', { tasks: [{ text: text('More'), check: check('lab') }] }),
    scene(NET, {
      tasks: [
        {
          text: text('Train'),
          check: check('step >= 90'),
          solution: { words: 'Trained', hash: `#${NET}&trained=90` },
        },
      ],
    }),
    scene('T=4&hidden=4&batch=8&steps=20', {
      question: { text: text('Which?'), answers: [{ text: text('This'), check: check('measured') }] },
      tasks: [{ text: text('Train to the end'), check: check('step >= 20') }],
    }),
  ],
};

let playground: Playground;
let player: Player;
const done: LessonPlace[] = [];
/** Title of the lesson that was opened. */
let opened = '';
const steps = () => playground.lane.getState().step;
const state = () => player.store.getState();

/** How often a measurement gives way to another before it answers. */
let givesWay = 0;
/** Called at the moment when a scene's tasks are done. */
let atEnd: () => void;

beforeEach(async () => {
  givesWay = 0;
  atEnd = () => undefined;
  playground = createPlayground({ spawn: () => portHere(), pinned: { T: 4, hidden: [[4]], batch: [8] } });
  done.length = 0;
  player = createPlayer(playground, {
    every: 1,
    onDone: (place) => {
      done.push(place);
      atEnd();
    },
    load: async ({ lesson }) => {
      if (lesson === 'own') return { ...LESSON, title: opened };
      if (lesson !== 3) throw new Error('there is no such lesson');
      return LESSON;
    },
    evaluate: async ({ source }, measures) => {
      const { config, presentation } = playground.app.getState();
      const [, than, number] = /^step (<|>=) (\d+)$/.exec(source) ?? [];
      if (than) return { holds: than === '<' ? steps() < Number(number) : steps() >= Number(number) };
      if (source === 'measured') {
        if (measures && givesWay > 0) {
          givesWay--;
          return {};
        }
        return { holds: measures || undefined };
      }
      if (source === 'RFG') return { holds: config.gradient === 'RFG' };
      return { holds: presentation.lab?.settings === 'current=0.5' };
    },
  });
  await playground.actions.start();
});
afterEach(() => {
  player.dispose();
  playground.actions.dispose();
});

/** Opens a scene as a link does, and waits until it can be played. */
async function at(scene: number, holds: (state: PlayerState) => boolean = () => true) {
  const { presentation } = playground.app.getState();
  playground.app.setState({ presentation: { ...presentation, lesson: { lesson: 3, scene } } });
  await until(() => state().phase === 'open' && state().place?.scene === scene && holds(state()));
}

describe('a scene', () => {
  it('begins at step 0, alone with its panels, in the page’s own view', async () => {
    await playground.actions.step(12);
    playground.app.setState({
      presentation: { view: 'presenter', hide: [], forcing: playground.app.getState().presentation.forcing },
    });
    await at(1);
    expect(steps()).toBe(0);
    expect(playground.app.getState().presentation).toMatchObject({
      view: 'presenter',
      panels: ['curves'],
      lesson: { lesson: 3, scene: 1 },
    });
    expect(playground.lane.getState().log[0].config.steps).toBe(4000);
  });

  it('is trained as far as its link says, once for scenes of the same run', async () => {
    const shown: number[] = [];
    await openScene(playground, LESSON.scenes[1], { onTrained: (step) => shown.push(step) });
    expect(steps()).toBe(60);
    expect(shown[0]).toBe(0);
    const { theta } = playground.lane.getState().state!;
    await openScene(playground, LESSON.scenes[2], { onTrained: () => shown.push(Number.NaN) });
    expect(shown).not.toContain(Number.NaN);
    expect(playground.lane.getState().state!.theta).toBe(theta);
    expect(playground.app.getState().presentation.panels).toEqual(['spikes']);
    // What was trained further, or in another way, is trained anew.
    await playground.actions.step(3);
    await openScene(playground, LESSON.scenes[1]);
    expect(steps()).toBe(60);
    expect(playground.lane.getState()).toMatchObject({ end: 60, log: [{ step: 0 }] });
    expect(Array.from(playground.lane.getState().state!.theta)).toEqual(Array.from(theta));
  });

  it('shows no silenced neurons and no other T of the scene before', async () => {
    await playground.actions.setView({ silenced: [{ factor: 0, depth: 0, neuron: 1 }], inferenceT: 9 });
    await at(1);
    expect(playground.lane.getState().view).toMatchObject({ silenced: [], inferenceT: undefined });
  });

  it('gives way to the one that is asked for after it', async () => {
    const { presentation } = playground.app.getState();
    playground.app.setState({ presentation: { ...presentation, lesson: { lesson: 3, scene: 2 } } });
    await at(3);
    expect(state().place?.scene).toBe(3);
    expect(state().fault).toBeUndefined();
    expect(steps()).toBe(60);
  });

  it('opens without a word lost of what its link says wrongly', async () => {
    playground.actions.warn('Left out of the link');
    await at(1);
    expect(playground.app.getState().notice?.text).toBe('Left out of the link');
    await at(3);
    expect(playground.app.getState().notice).toBeUndefined();
  });

  it('names what it cannot use', async () => {
    const { presentation } = playground.app.getState();
    playground.app.setState({ presentation: { ...presentation, lesson: { lesson: 9, scene: 1 } } });
    await until(() => state().fault !== undefined);
    expect(state().fault).toBe('there is no such lesson');
  });

  it('asks once more for a measurement that gave way to another', async () => {
    givesWay = 2;
    await at(1);
    const [measured] = checksIn(LESSON.scenes[0].after);
    player.choose(1);
    await playground.actions.step(40);
    await until(() => state().done && givesWay === 0);
    await until(() => state().verdicts.get(measured)?.holds === true);
  });

  it('that cannot be opened takes nothing of the one before with it, and can be asked for again', async () => {
    await at(2);
    const go = (lesson: LessonPlace) =>
      playground.app.setState({ presentation: { ...playground.app.getState().presentation, lesson } });
    go({ lesson: 9, scene: 1 });
    await until(() => state().fault !== undefined);
    expect(state().place?.lesson).toBe(9);
    expect(state().scene).toBeUndefined();
    expect(state().lesson).toBeUndefined();
    await player.again();
    expect(state().fault).toBe('there is no such lesson');
  });

  it('of a lesson of one’s own is the one that was opened last', async () => {
    const go = (lesson?: LessonPlace) =>
      playground.app.setState({ presentation: { ...playground.app.getState().presentation, lesson } });
    opened = 'First';
    go({ lesson: 'own', scene: 2 });
    await until(() => state().phase === 'open' && state().lesson?.title === 'First');
    opened = 'Second';
    go();
    go({ lesson: 'own', scene: 2 });
    await until(() => state().phase === 'open');
    expect(state().lesson?.title).toBe('Second');
  });

  it('beyond the last is the last', async () => {
    const { presentation } = playground.app.getState();
    playground.app.setState({ presentation: { ...presentation, lesson: { lesson: 3, scene: 40 } } });
    await until(() => state().place?.scene === LESSON.scenes.length);
  });
});

describe('a question', () => {
  it('is answered before training starts; which answer was right is seen at the end', async () => {
    await at(1);
    const [first] = checksIn(LESSON.scenes[0].text);
    await until(() => state().verdicts.get(first)?.holds === true);
    await playground.actions.play();
    expect(playground.app.getState().status).not.toBe('playing');
    expect(state().asked).toBe(1);
    player.choose(0);
    await playground.actions.setPace('full');
    await playground.actions.play();
    await until(() => state().right !== undefined);
    expect(state()).toMatchObject({ chosen: 0, right: 1, done: true, tasks: [true] });
    // What is said of the end is measured where training rests.
    expect(playground.app.getState().status).not.toBe('playing');
    const [measured] = checksIn(LESSON.scenes[0].after);
    await until(() => state().verdicts.get(measured)?.holds === true);
    // What was said of the beginning was true then.
    expect(state().verdicts.get(first)?.holds).toBe(true);
    expect(done).toEqual([{ lesson: 3, scene: 1 }]);
  });

  it('is judged where Play is pressed at the very moment when its tasks are done; then training can go on', async () => {
    await at(6);
    player.choose(0);
    const { play, step } = playground.actions;
    atEnd = () => void play();
    await step(20);
    await until(() => state().right !== undefined);
    const { status } = playground.app.getState();
    expect([done.length, status]).toEqual([1, 'paused']);
    const stopped = steps();
    await play();
    await until(() => steps() > stopped + 50);
  });

  it('can be left open', async () => {
    await at(1);
    player.choose('none');
    await playground.actions.step(31);
    await until(() => state().right !== undefined);
    expect(state()).toMatchObject({ chosen: 'none', right: 1 });
  });
});

describe('a task', () => {
  it('stays done until its scene is opened again', async () => {
    await at(3);
    expect(state().tasks).toEqual([false]);
    await player.solve(0);
    await until(() => state().done);
    // The run goes on under the solution’s settings.
    expect(playground.app.getState()).toMatchObject({
      config: { gradient: 'RFG' },
      presentation: { panels: ['spikes'], lesson: { lesson: 3, scene: 3 } },
    });
    expect(steps()).toBe(60);
    await playground.actions.set({ gradient: 'BP', K: undefined });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(state().tasks).toEqual([true]);
    await player.again();
    await until(() => state().phase === 'open' && state().tasks[0] === false);
  });

  it('shows its solution once, however often that is asked for at once', async () => {
    await at(5);
    await Promise.all([player.solve(0), player.solve(0)]);
    await until(() => state().done);
    expect(playground.lane.getState()).toMatchObject({ step: 90, end: 90 });
  });

  it('whose solution is under way gives way to another scene', async () => {
    await at(5);
    const solving = player.solve(0);
    await until(() => steps() > 0);
    player.goTo(1);
    await solving;
    await until(() => state().place?.scene === 1 && state().phase === 'open');
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(playground.lane.getState()).toMatchObject({ step: 0, end: 0 });
    expect(state().trained).toBeUndefined();
  });

  it('of a lab is done by what is set there', async () => {
    await at(4);
    expect(state().done).toBe(false);
    const { presentation } = playground.app.getState();
    playground.app.setState({
      presentation: { ...presentation, lab: { name: 'neuron', settings: 'current=0.5' } },
    });
    await until(() => state().done);
  });
});

describe('the way through a lesson', () => {
  it('goes on, back and out of it', async () => {
    await at(2);
    player.next();
    await until(() => state().place?.scene === 3 && state().phase === 'open');
    player.previous();
    await until(() => state().place?.scene === 2 && state().phase === 'open');
    player.goTo(17);
    expect(state().place?.scene).toBe(2);
    player.leave();
    expect(state().phase).toBe('closed');
    expect(playground.app.getState().presentation).toEqual({
      view: 'full',
      hide: [],
      forcing: playground.app.getState().presentation.forcing,
    });
    expect(playground.app.getState().config.steps).toBe(4000);
    expect(steps()).toBe(60);
  });
});
