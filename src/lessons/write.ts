import type {
  BlockContent,
  Link,
  List,
  ListItem,
  Paragraph,
  PhrasingContent,
  Root,
  RootContent,
} from 'mdast';
import { gfmTaskListItemToMarkdown } from 'mdast-util-gfm-task-list-item';
import { mathToMarkdown } from 'mdast-util-math';
import { type Handle, toMarkdown } from 'mdast-util-to-markdown';
import type { Answer, Block, Inline, Lesson, Scene, Task } from './lesson.ts';

/** A lesson's file, which `readLesson` reads back to the same lesson. */
export function writeLesson(lesson: Lesson): string {
  const { title, about, offered, scenes } = lesson;
  const root: Root = {
    type: 'root',
    children: [
      heading(1, title),
      paragraph(about),
      ...(offered ? [alone(link(offered.words, offered.hash))] : []),
      ...scenes.flatMap(sceneNodes),
    ],
  };
  return toMarkdown(root, {
    bullet: '-',
    emphasis: '*',
    listItemIndent: 'one',
    extensions: [gfmTaskListItemToMarkdown(), mathToMarkdown()],
    // Terms are no node of Markdown.
    handlers: { term: writeTerm } as Record<string, Handle>,
  });
}

function sceneNodes(scene: Scene): RootContent[] {
  const { title, words, hash, text, question, tasks, after, notes, notesTitle } = scene;
  return [
    heading(2, title),
    alone(link(words, hash)),
    ...text.map(block),
    ...(question
      ? [paragraph([{ kind: 'strong', children: question.text }]), list(question.answers.map(answer), true)]
      : []),
    ...(tasks.length > 0 ? [list(tasks.map(task))] : []),
    ...(after.length > 0 ? [{ type: 'blockquote', children: after.map(block) } as const] : []),
    ...(notesTitle === undefined ? [] : [heading(3, notesTitle)]),
    ...notes.map(block),
  ];
}

const SPACE: PhrasingContent = { type: 'text', value: ' ' };
const code = (source: string): PhrasingContent => ({ type: 'inlineCode', value: source });

function task({ text, check, solution }: Task): ListItem {
  const end = solution ? [SPACE, link(solution.words, solution.hash)] : [];
  return { ...item([...before(text), code(check.source), ...end]), checked: false };
}

const answer = ({ text, check }: Answer): ListItem => item([...before(text), code(check.source)]);

const before = (text: readonly Inline[]): PhrasingContent[] =>
  text.length > 0 ? [...text.map(inline), SPACE] : [];

function block(content: Block): BlockContent {
  switch (content.kind) {
    case 'paragraph':
      return paragraph(content.children);
    case 'list':
      return list(content.items.map((children) => item(children.map(inline))));
    case 'math':
      return { type: 'math', value: content.tex };
  }
}

function inline(content: Inline): PhrasingContent {
  switch (content.kind) {
    case 'text':
      return { type: 'text', value: content.text };
    case 'strong':
    case 'emphasis':
      return { type: content.kind, children: content.children.map(inline) };
    case 'link':
      return { type: 'link', url: content.hash, children: content.children.map(inline) };
    case 'math':
      return { type: 'inlineMath', value: content.tex };
    case 'check':
      return code(content.check.source);
    case 'term':
      return { ...content, type: 'term' } as unknown as PhrasingContent;
  }
}

/** [[membrane]], [[membrane|it fills up]] */
const writeTerm: Handle = (node: Extract<Inline, { kind: 'term' }>, _, state, info) => {
  const words = node.words === '' ? '' : `|${state.safe(node.words, { ...info, before: '|', after: ']' })}`;
  return `[[${node.id}${words}]]`;
};
(writeTerm as { peek?: () => string }).peek = () => '[';

const heading = (depth: 1 | 2 | 3, words: string): RootContent => ({
  type: 'heading',
  depth,
  children: [{ type: 'text', value: words }],
});
const paragraph = (children: readonly Inline[]): Paragraph => ({
  type: 'paragraph',
  children: children.map(inline),
});
const alone = (node: PhrasingContent): Paragraph => ({ type: 'paragraph', children: [node] });
const link = (words: string, hash: string): Link => ({
  type: 'link',
  url: hash,
  children: [{ type: 'text', value: words }],
});
const list = (children: ListItem[], ordered = false): List => ({
  type: 'list',
  ordered,
  spread: false,
  children,
});
const item = (children: PhrasingContent[]): ListItem => ({
  type: 'listItem',
  spread: false,
  children: [{ type: 'paragraph', children }],
});
