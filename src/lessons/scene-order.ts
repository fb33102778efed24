/** A lesson's file cut before each scene, so that scenes can be added, moved and taken out whatever else is in it. */
export interface LessonParts {
  /** Title and what the lesson is about. */
  readonly head: string;
  readonly scenes: readonly ScenePart[];
}

export interface ScenePart {
  readonly title: string;
  /** With its heading. */
  readonly text: string;
  /** Line of its heading, from 1. */
  readonly line: number;
}

const HEADING = /^## +(.*?)(?: +#+)? *$/;

/** Cuts a lesson's file before every heading of a scene. */
export function partsOfLesson(text: string): LessonParts {
  const lines = text.split(/\r?\n/);
  const starts = lines.flatMap((line, i) => (HEADING.test(line) ? [i] : []));
  const until = (i: number) =>
    lines
      .slice(starts[i], starts[i + 1])
      .join('\n')
      .trim();
  return {
    head: lines
      .slice(0, starts[0] ?? lines.length)
      .join('\n')
      .trim(),
    scenes: starts.map((at, i) => ({
      title: HEADING.exec(lines[at])?.[1] ?? '',
      text: until(i),
      line: at + 1,
    })),
  };
}

const joined = ({ head, scenes }: { head: string; scenes: readonly Pick<ScenePart, 'text'>[] }) =>
  `${[head, ...scenes.map(({ text }) => text)].filter(Boolean).join('\n\n')}\n`;

/** The lesson with one scene more at its end. */
export function withScene(text: string, scene: { title: string; words: string; hash: string; say: string }) {
  const { head, scenes } = partsOfLesson(text);
  // A bracket would end the link in Markdown.
  const hash = scene.hash.replaceAll('(', '%28').replaceAll(')', '%29');
  const added = `## ${scene.title}\n\n[${scene.words}](${hash || '#'})\n\n${scene.say}`;
  return joined({ head, scenes: [...scenes, { text: added }] });
}

/** The lesson with a scene, counted from 0, `by` places further on; the same where there is no such place. */
export function withSceneMoved(text: string, from: number, by: number): string {
  const { head, scenes } = partsOfLesson(text);
  const moved = scenes.at(from);
  if (!moved || !scenes[from + by]) return text;
  const others = scenes.filter((scene) => scene !== moved);
  return joined({ head, scenes: [...others.slice(0, from + by), moved, ...others.slice(from + by)] });
}

/** The lesson without a scene, counted from 0. */
export function withoutScene(text: string, at: number): string {
  const { head, scenes } = partsOfLesson(text);
  return joined({ head, scenes: scenes.filter((_, i) => i !== at) });
}
