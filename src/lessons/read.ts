import katex from 'katex';
import type { Blockquote, Link, List, ListItem, Nodes, Paragraph, PhrasingContent, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item';
import { mathFromMarkdown } from 'mdast-util-math';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import { math } from 'micromark-extension-math';
import { labModel } from '../state/labs/index.ts';
import type { InsideName, LabName, PanelName } from '../state/presentation.ts';
import { parseHash } from '../state/url.ts';
import { type CheckScope, readCheck } from './check.ts';
import type { LabFacts } from './facts.ts';
import type { Answer, Block, Check, Inline, Lesson, Question, Scene, Task } from './lesson.ts';
import { LIMITS } from './limits.ts';
import { lettersOf, parseSceneLink, type SceneLink } from './scene-link.ts';
import { TERM_IDS, type TermId } from './terms.ts';

/** Something in a lesson's file that cannot be used. */
export interface LessonFault {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly text: string;
}

export interface ReadLesson {
  /** There if the file has no fault. */
  readonly lesson?: Lesson;
  readonly faults: readonly LessonFault[];
}

/** Reads a lesson's file (docs/writing-lessons.md). Never throws: what cannot be used is named with its line. */
export async function readLesson(text: string): Promise<ReadLesson> {
  const early = refusedEarly(text);
  if (early) return { faults: [early] };
  const reader = new Reader(text);
  try {
    const lesson = await reader.read();
    const faults = [...reader.faults].sort((a, b) => a.line - b.line).slice(0, LIMITS.faults);
    return faults.length > 0 ? { faults } : { lesson, faults };
  } catch (error) {
    return { faults: [{ line: 1, text: error instanceof Error ? error.message : String(error) }] };
  }
}

/** What would take long to read as Markdown is refused before: some of it takes a time that grows with the square of its length. */
function refusedEarly(text: string): LessonFault | undefined {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > LIMITS.bytes)
    return { line: 1, text: `the file has ${bytes} bytes; allowed: up to ${LIMITS.bytes}` };
  if (text.includes('\0')) return { line: 1, text: 'the file has a character of code 0: it is no text' };
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.length > LIMITS.lines)
    return {
      line: LIMITS.lines + 1,
      text: `the file has ${lines.length} lines; allowed: up to ${LIMITS.lines}`,
    };
  const containers = new RegExp(`^(?:[\\t ]*(?:>|[-+*][\\t ]|\\d{1,9}[.)][\\t ])){${LIMITS.depth + 1}}`);
  let paragraph = { line: 1, characters: 0, marks: 0 };
  for (const [i, line] of lines.entries()) {
    if (containers.test(line))
      return {
        line: i + 1,
        text: `quotes and lists stand within each other; allowed: ${LIMITS.depth} of them at most`,
      };
    if (line.trim() === '') paragraph = { line: i + 2, characters: 0, marks: 0 };
    paragraph.characters += line.length;
    paragraph.marks += line.match(/[*_[\]`$<&\\]/g)?.length ?? 0;
    if (paragraph.characters > LIMITS.paragraph)
      return {
        line: paragraph.line,
        text: `the paragraph has more than ${LIMITS.paragraph} characters; an empty line ends a paragraph`,
      };
    if (paragraph.marks > LIMITS.marks)
      return {
        line: paragraph.line,
        text: `the paragraph has more than ${LIMITS.marks} of the characters * _ [ ] \` $ < & \\; an empty line ends a paragraph`,
      };
  }
  return undefined;
}

/** Names of what Markdown can hold and a lesson cannot. */
const REFUSED: Record<string, string> = {
  html: 'HTML',
  image: 'an image',
  imageReference: 'an image',
  code: 'a block of code',
  thematicBreak: 'a line across',
  definition: 'a definition of a link',
  linkReference: 'a link that is defined elsewhere',
  break: 'a line break within a paragraph',
  delete: 'struck text',
  table: 'a table',
  footnoteDefinition: 'a footnote',
  footnoteReference: 'a footnote',
  heading: 'a heading',
  blockquote: 'a quote',
  list: 'a list',
  listItem: 'a list',
  yaml: 'YAML',
};
const nameOf = (type: string) => REFUSED[type] ?? `“${type}”`;

type Heading = Extract<RootContent, { type: 'heading' }>;

class Reader {
  readonly faults: LessonFault[] = [];
  /** What the checks that follow are read against. */
  private scope: CheckScope | undefined;

  /** Whether a part is written so. */
  private begins(node: Nodes, mark: string): boolean {
    return this.source.startsWith(mark, node.position?.start.offset);
  }

  fault(at: Nodes | number, text: string): void {
    const line = typeof at === 'number' ? at : lineOf(at);
    this.faults.push({ line, text: text.replace(/\s+/g, ' ') });
  }

  constructor(private readonly source: string) {}

  async read(): Promise<Lesson> {
    const { children } = fromMarkdown(this.source, {
      extensions: [gfmTaskListItem(), math()],
      mdastExtensions: [gfmTaskListItemFromMarkdown(), mathFromMarkdown()],
    });
    const begins = children.flatMap((node, i) => (isHeading(node, 2) ? [i] : []));
    const head = this.head(children.slice(0, begins.at(0) ?? children.length));
    if (begins.length === 0)
      this.fault(1, 'the lesson has no scene; a scene begins with “## ” and its title');
    if (begins.length > LIMITS.scenes)
      this.fault(
        children[begins[LIMITS.scenes]],
        `the lesson has ${begins.length} scenes; allowed: ${LIMITS.scenes}`,
      );
    const scenes: Scene[] = [];
    for (const [n, from] of begins.slice(0, LIMITS.scenes).entries())
      scenes.push(await this.scene(children.slice(from, begins[n + 1] ?? children.length)));
    return { ...head, scenes };
  }

  private head([first, about, offered, ...rest]: readonly RootContent[]): Omit<Lesson, 'scenes'> {
    const none = { title: '', about: [], explains: [] };
    if (!first || !isHeading(first, 1)) {
      this.fault(first ?? 1, 'a lesson begins with “# ” and its title');
      return none;
    }
    const title = this.plain(first, 'title of the lesson');
    if (about?.type !== 'paragraph' || onlyLink(about)) {
      this.fault(about ?? first, 'under its title stands a paragraph: what the lesson is about');
      return none;
    }
    const link = offered && onlyLink(offered);
    for (const node of offered && !link ? [offered, ...rest] : rest)
      this.fault(
        node,
        `${found(node)} stands before the first scene; allowed: the title, a paragraph, and a link to panels`,
      );
    return {
      title,
      about: this.inlines(about.children),
      ...(link ? this.offered(link) : { explains: [] }),
    };
  }

  /** The link to panels whose titles offer the lesson. */
  private offered(link: Link): Pick<Lesson, 'explains' | 'offered'> {
    const hash = this.hashOf(link);
    const { presentation, faults } = parseHash(hash);
    for (const text of faults) this.fault(link, text);
    for (const key of new URLSearchParams(hash.slice(1)).keys())
      if (!['panels', 'lab', 'inside'].includes(key))
        this.fault(link, `${key}: is not allowed in the link to panels; allowed: panels, lab, inside`);
    const { panels = [], lab, inside } = presentation;
    const explains: (PanelName | LabName | InsideName)[] = [...panels];
    if (lab) explains.push(lab.name);
    if (inside) explains.push(inside);
    return { explains, offered: { words: this.words(link), hash } };
  }

  private async scene([heading, first, ...rest]: readonly RootContent[]): Promise<Scene> {
    const title = this.plain(heading as Heading, 'title of the scene');
    const link = first && onlyLink(first);
    if (!link)
      this.fault(
        first ?? heading,
        `under the title of a scene stands a link alone, “[words](#…)”: what it shows`,
      );
    const hash = link ? this.hashOf(link) : '';
    const nodes = link || !first ? rest : [first, ...rest];
    const notesAt = nodes.findIndex((node) => isHeading(node, 3));
    const body = notesAt < 0 ? nodes : nodes.slice(0, notesAt);
    const [notesHeading, ...notes] = notesAt < 0 ? [] : nodes.slice(notesAt);
    const opened = parseSceneLink(hash);
    if (link) for (const text of opened.faults) this.fault(link, text);
    this.scope = await this.scopeOf(opened, link, solutionsIn(body));
    return {
      title,
      hash,
      words: link ? this.words(link) : '',
      ...this.body(body),
      notes: notes.flatMap((node) => this.block(node)),
      ...(notesHeading && { notesTitle: this.plain(notesHeading as Heading, 'heading of the notes') }),
      line: lineOf(heading),
    };
  }

  /** Lanes of the scene and of its solutions, and the facts of its lab. */
  private async scopeOf(
    opened: SceneLink,
    link: Link | undefined,
    solutions: readonly Link[],
  ): Promise<CheckScope> {
    const others = solutions.map(({ url }) => parseSceneLink(url));
    const letters = [...new Set([opened, ...others].flatMap(lettersOf))];
    let lab: LabFacts | undefined;
    for (const [i, { presentation }] of [opened, ...others].entries()) {
      const at = i === 0 ? link : solutions[i - 1];
      if (at && presentation.lab) lab = (await this.labOf(presentation.lab, at)) ?? lab;
    }
    return { letters, lab };
  }

  private async labOf({ name, settings }: { name: LabName; settings: string }, at: Link) {
    try {
      const model = await labModel(name);
      return { words: model.factWords, values: model.facts(model.parse(settings)) };
    } catch (error) {
      this.fault(at, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  /** Text, question, tasks and what is said after them, in this order. */
  private body(nodes: readonly RootContent[]): Pick<Scene, 'text' | 'question' | 'tasks' | 'after'> {
    const text: Block[] = [];
    const tasks: Task[] = [];
    const after: Block[] = [];
    let question: Question | undefined;
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i];
      const next = nodes.at(i + 1);
      if (node.type === 'blockquote') after.push(...this.quote(node));
      else if (isTaskList(node)) {
        if (after.length > 0) this.fault(node, 'a task stands before what is said after it');
        tasks.push(...node.children.flatMap((item) => this.task(item)));
      } else if (node.type === 'paragraph' && onlyStrong(node) && next && isOrdered(next)) {
        if (question) this.fault(node, 'the scene has a second question; allowed: one');
        if (tasks.length + after.length > 0)
          this.fault(node, 'a question stands before tasks and what is said after them');
        question = this.question(node, next);
        i++;
      } else {
        if (question || tasks.length + after.length > 0)
          this.fault(
            node,
            `${found(node)} stands after a question, a task or a quote; text stands before them`,
          );
        text.push(...this.block(node));
      }
    }
    if (tasks.length > LIMITS.tasks)
      this.fault(nodes[0], `the scene has ${tasks.length} tasks; allowed: ${LIMITS.tasks}`);
    return { text, ...(question && { question }), tasks, after };
  }

  private quote({ children }: Blockquote): Block[] {
    return children.flatMap((node) => this.block(node));
  }

  private question(paragraph: Paragraph, list: List): Question {
    const [strong] = paragraph.children;
    const text = this.inlines(strong.type === 'strong' ? strong.children : []);
    const answers = list.children.flatMap((item) => this.answer(item));
    if (list.children.length < 2 || list.children.length > LIMITS.answers)
      this.fault(
        list,
        `the question has ${list.children.length === 1 ? 'one answer' : `${list.children.length} answers`}; allowed: 2 to ${LIMITS.answers}`,
      );
    return { text, answers };
  }

  private answer(item: ListItem): Answer[] {
    const children = this.line(item);
    const last = children.at(-1);
    if (last?.type !== 'inlineCode') {
      this.fault(item, 'an answer ends with the condition under which it was right, as code: `spikes == 8`');
      return [];
    }
    return [{ text: this.inlines(trimmed(children.slice(0, -1))), check: this.check(last) }];
  }

  private task(item: ListItem): Task[] {
    if (item.checked === null || item.checked === undefined) {
      this.fault(item, 'a task begins with “- [ ] ”; this point of its list does not');
      return [];
    }
    if (item.checked) this.fault(item, 'a task is written with an empty box: “- [ ] ”');
    const children = this.line(item);
    const at = children.map(({ type }) => type).lastIndexOf('inlineCode');
    const check = children[at];
    if (check?.type !== 'inlineCode') {
      this.fault(item, 'a task has a condition, as code, by which it is done: `spikes == 8`');
      return [];
    }
    const rest = trimmed(children.slice(at + 1));
    const [solution] = rest;
    if (rest.length > 1 || (solution && solution.type !== 'link'))
      this.fault(rest[0], 'after the condition of a task stands nothing but a link to its solution');
    return [
      {
        text: this.inlines(trimmed(children.slice(0, at))),
        check: this.check(check),
        ...(solution?.type === 'link' && { solution: this.solution(solution) }),
      },
    ];
  }

  private solution(link: Link): { words: string; hash: string } {
    const hash = this.hashOf(link);
    for (const text of parseSceneLink(hash).faults) this.fault(link, text);
    return { words: this.words(link), hash };
  }

  /** The one paragraph of a point in a list. */
  private line(item: ListItem): readonly PhrasingContent[] {
    const [paragraph, ...rest] = item.children;
    for (const node of rest)
      this.fault(node, `${found(node)} stands in a point of a list; allowed: one line of text`);
    if (paragraph?.type === 'paragraph') return paragraph.children;
    if (paragraph)
      this.fault(paragraph, `${found(paragraph)} stands in a point of a list; allowed: one line of text`);
    else this.fault(item, 'a point of a list is empty');
    return [];
  }

  /** A paragraph, a list or a formula. */
  private block(node: RootContent): Block[] {
    switch (node.type) {
      case 'paragraph': {
        const [only] = node.children;
        // $$…$$ in one line is display maths to an author, a text to the parser.
        if (node.children.length === 1 && only.type === 'inlineMath' && this.begins(only, '$$'))
          return [{ kind: 'math', tex: only.value, html: this.tex(only, true) }];
        return [{ kind: 'paragraph', children: this.inlines(node.children) }];
      }
      case 'math':
        return [{ kind: 'math', tex: node.value, html: this.tex(node, true) }];
      case 'list':
        if (node.ordered)
          this.fault(
            node,
            'a numbered list has the answers of a question, which is a paragraph in bold right above it',
          );
        if (isTaskList(node)) this.fault(node, 'a task is not allowed here');
        return [{ kind: 'list', items: node.children.map((item) => this.inlines(this.line(item))) }];
      default:
        this.fault(node, `${found(node)} is not allowed; allowed: paragraphs, lists, formulas`);
        return [];
    }
  }

  private inlines(nodes: readonly PhrasingContent[]): Inline[] {
    return nodes.flatMap((node) => this.inline(node));
  }

  private inline(node: PhrasingContent): Inline[] {
    switch (node.type) {
      case 'text':
        return this.text(node.value, lineOf(node));
      case 'strong':
        return [{ kind: 'strong', children: this.inlines(node.children) }];
      case 'emphasis':
        return [{ kind: 'emphasis', children: this.inlines(node.children) }];
      case 'inlineMath':
        return [{ kind: 'math', tex: node.value, html: this.tex(node, false) }];
      case 'inlineCode':
        return [{ kind: 'check', check: this.check(node) }];
      case 'link': {
        const hash = this.hashOf(node);
        for (const text of parseHash(hash).faults) this.fault(node, text);
        return [{ kind: 'link', hash, children: this.inlines(node.children) }];
      }
      default:
        this.fault(node, `${found(node)} is not allowed`);
        return [];
    }
  }

  /** Text with its terms: [[membrane]], [[membrane|it fills up]]. */
  private text(value: string, line: number): Inline[] {
    const inlines: Inline[] = [];
    const say = (text: string, from: number) => {
      if (/\[\[|\]\]/.test(text))
        this.fault(
          line + linesIn(value.slice(0, from)),
          '“[[” and “]]” stand around a term: [[term]] or [[term|words]]',
        );
      if (text !== '') inlines.push({ kind: 'text', text: text.replace(/\s*\n\s*/g, ' ') });
    };
    let from = 0;
    for (const match of value.matchAll(/\[\[([^[\]|]*)(?:\|([^[\]|]*))?\]\]/g)) {
      say(value.slice(from, match.index), from);
      from = match.index + match[0].length;
      const [, name, words] = match;
      if (!isTerm(name))
        this.fault(
          line + linesIn(value.slice(0, match.index)),
          `“${name.slice(0, 40)}” is no term; allowed: ${TERM_IDS.join(', ')}`,
        );
      else inlines.push({ kind: 'term', id: name, words: words?.replace(/\s*\n\s*/g, ' ') ?? '' });
    }
    say(value.slice(from), from);
    return inlines;
  }

  private tex(node: Nodes & { readonly value: string }, displayMode: boolean): string {
    if (node.value.length > LIMITS.tex) {
      this.fault(node, `the formula has ${node.value.length} characters; allowed: ${LIMITS.tex}`);
      return '';
    }
    try {
      return katex.renderToString(node.value, { ...TEX, displayMode });
    } catch (error) {
      this.fault(node, `the formula cannot be set: ${error instanceof Error ? error.message : error}`);
      return '';
    }
  }

  private check(node: Nodes & { readonly value: string }): Check {
    const line = lineOf(node);
    if (this.scope)
      try {
        readCheck(node.value, this.scope);
      } catch (error) {
        this.fault(line, `“${node.value.slice(0, 60)}”: ${error instanceof Error ? error.message : error}`);
      }
    else this.fault(line, `“${node.value.slice(0, 60)}”: a condition stands in scenes only`);
    return { source: node.value.trim(), line };
  }

  private hashOf(link: Link): string {
    const { url, title } = link;
    if (title) this.fault(link, 'a link has no title');
    if (url.length > LIMITS.link)
      this.fault(link, `the link has ${url.length} characters; allowed: ${LIMITS.link}`);
    else if (url.startsWith('#')) return url;
    else
      this.fault(
        link,
        `“${url.slice(0, 40)}” is not allowed; allowed: links within the page, which begin with “#”`,
      );
    return '#';
  }

  /** Words of a heading. */
  private plain(node: Heading, what: string): string {
    const words = this.words(node);
    if (words === '') this.fault(node, `the ${what} is empty`);
    if (words.length > LIMITS.heading)
      this.fault(node, `the ${what} has ${words.length} characters; allowed: ${LIMITS.heading}`);
    return words;
  }

  /** Plain words. */
  private words({ children }: { readonly children: readonly PhrasingContent[] }): string {
    const texts = children.map((node) => {
      if (node.type === 'text') return node.value;
      this.fault(node, `${found(node)} is not allowed here; allowed: plain words`);
      return '';
    });
    return texts.join('').replace(/\s+/g, ' ').trim();
  }
}

const refuseAddress = ({ command }: { readonly command: string }): boolean => {
  throw new Error(`${command} is not allowed`);
};
/** MathML is set by browsers without KaTeX's fonts and styles. Nothing in it can lead elsewhere or grow without end. */
const TEX = {
  output: 'mathml',
  throwOnError: true,
  trust: refuseAddress,
  strict: 'ignore',
  maxExpand: 200,
  maxSize: 20,
} as const;

const lineOf = (node: Nodes): number => node.position?.start.line ?? 1;
const linesIn = (text: string): number => text.split('\n').length - 1;
const isHeading = (node: RootContent, depth: number): node is Heading =>
  node.type === 'heading' && node.depth === depth;
const isOrdered = (node: RootContent): node is List => node.type === 'list' && node.ordered === true;
const isTerm = (name: string): name is TermId => (TERM_IDS as string[]).includes(name);
const isTaskList = (node: RootContent): node is List =>
  node.type === 'list' && node.children.some(({ checked }) => typeof checked === 'boolean');
const onlyStrong = ({ children }: Paragraph) => children.length === 1 && children[0].type === 'strong';
const onlyLink = (node: RootContent): Link | undefined =>
  node.type === 'paragraph' && node.children.length === 1 && node.children[0].type === 'link'
    ? node.children[0]
    : undefined;
const found = (node: Nodes) => (node.type === 'paragraph' ? 'a paragraph' : nameOf(node.type));
/** Links of solutions, which may open lanes that the scene does not have yet. */
function solutionsIn(nodes: readonly RootContent[]): Link[] {
  return nodes
    .filter(isTaskList)
    .flatMap(({ children }) =>
      children.flatMap(({ children: [paragraph] }) =>
        paragraph?.type === 'paragraph'
          ? paragraph.children.filter((node) => node.type === 'link').slice(-1)
          : [],
      ),
    );
}

/** Without blanks at both ends. */
function trimmed(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const last = nodes.length - 1;
  return nodes
    .map((node, i) => {
      if (node.type !== 'text') return node;
      let { value } = node;
      if (i === 0) value = value.trimStart();
      if (i === last) value = value.trimEnd();
      return { ...node, value };
    })
    .filter((node) => node.type !== 'text' || node.value !== '');
}
