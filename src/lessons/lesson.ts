import type { InsideName, LabName, PanelName } from '../state/presentation.ts';
import type { TermId } from './terms.ts';

/** What a lesson's text is made of. TeX comes rendered as MathML (`html`): when the page is built, or when a lesson is opened. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly children: readonly Inline[] }
  /** `[[membrane]]`, or `[[membrane|it fills up]]`. */
  | { readonly kind: 'term'; readonly id: TermId; readonly words: string }
  /** A link to the page itself: another scene or view. */
  | { readonly kind: 'link'; readonly hash: string; readonly children: readonly Inline[] }
  | { readonly kind: 'math'; readonly tex: string; readonly html: string }
  /** A condition that must hold where it stands, as code in the text: `error < .1`. */
  | { readonly kind: 'check'; readonly check: Check };

export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'math'; readonly tex: string; readonly html: string };

/** A condition over what the page shows (check.ts), as it was written. */
export interface Check {
  readonly source: string;
  /** Line of the lesson's file, from 1. */
  readonly line: number;
}

/** Something to do: done once its condition holds. */
export interface Task {
  readonly text: readonly Inline[];
  readonly check: Check;
  /** A view in which it is done, for those who are stuck. */
  readonly solution?: { readonly words: string; readonly hash: string };
}

export interface Answer {
  readonly text: readonly Inline[];
  /** It was right if this holds once the scene's tasks are done. */
  readonly check: Check;
}

/** Asked before the scene's tasks are done. Exactly one of the answers comes true. */
export interface Question {
  readonly text: readonly Inline[];
  readonly answers: readonly Answer[];
}

export interface Scene {
  readonly title: string;
  /** What is open, as the page's own link; with `trained=500` the network is trained so far before the scene begins (scene-link.ts). */
  readonly hash: string;
  /** Words of that link in the file. */
  readonly words: string;
  readonly text: readonly Block[];
  readonly question?: Question;
  readonly tasks: readonly Task[];
  /** Said once its tasks are done, or when there are none. */
  readonly after: readonly Block[];
  /** For the teacher: printed with the lesson's sheet, shown in no scene. */
  readonly notes: readonly Block[];
  /** Their heading in the file, where there are any. */
  readonly notesTitle?: string;
  /** Line of its heading, from 1. */
  readonly line: number;
}

export interface Lesson {
  readonly title: string;
  /** What it is about, in a sentence or two. */
  readonly about: readonly Inline[];
  /** Panels, labs and views of “Look inside” whose titles offer it. */
  readonly explains: readonly (PanelName | LabName | InsideName)[];
  /** Words of the link that names them, and the link. */
  readonly offered?: { readonly words: string; readonly hash: string };
  readonly scenes: readonly Scene[];
}
