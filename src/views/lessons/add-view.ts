import { partsOfLesson, withScene } from '../../lessons/scene-order.ts';
import { runHash } from '../../state/link.ts';
import type { Playground } from '../../state/playground.ts';
import { methodName } from '../../training/config.ts';
import { useOwnLesson, write, writeLessons } from './own-lesson.ts';

const HEAD = '# My lesson\n\nWhat it is about, in a sentence.\n';
/** A scene may begin with so many steps of training. */
const MOST_TRAINED = 20_000;

/** Adds what the page shows as a scene at the end of the lesson that is being written. */
export function addView(playground: Playground): void {
  const { draft } = useOwnLesson.getState();
  const text = draft.trim() === '' ? HEAD : draft;
  const { presentation, config, comparison, lanes } = playground.app.getState();
  // Names that are hidden from a class stand in no text that it sees.
  const method = comparison.blind && lanes.length > 1 ? undefined : methodName(config);
  const what = presentation.lab ? `the lab “${presentation.lab.name}”` : method;
  const number = partsOfLesson(text).scenes.length + 1;
  write(
    withScene(text, {
      title: `Scene ${number}`,
      words: what ? `What the page shows: ${what}` : 'What the page shows',
      hash: viewHash(playground),
      say: 'Say here what is to be seen, and what to try.',
    }),
  );
  writeLessons(true);
}

/** The page's link as a scene has it: without the reader's own view, with the training done so far and silenced neurons. */
export function viewHash({ app, lane }: Pick<Playground, 'app' | 'lane'>): string {
  const { presentation } = app.getState();
  const hash = runHash(app.getState(), lane.getState(), {
    ...presentation,
    view: 'full',
    lesson: undefined,
  });
  const { step, recording, log, planned, view } = lane.getState();
  const plain = !recording && log.length === 1 && planned.length === 0;
  const parts = hash === '' ? [] : [hash.slice(1)];
  if (plain && step > 0 && step <= MOST_TRAINED) parts.push(`trained=${step}`);
  const silenced = view.silenced.filter(({ factor }) => factor === 0);
  if (silenced.length > 0)
    parts.push(`silenced=${silenced.map(({ depth, neuron }) => `${depth + 1}.${neuron + 1}`)}`);
  return parts.length > 0 ? `#${parts.join('&')}` : hash;
}
