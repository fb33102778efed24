import type { Block, Inline } from '../../lessons/lesson.ts';
import { termEntry } from '../../lessons/terms.ts';
import { Term } from '../terms/Term.tsx';
import { CheckMark } from './CheckMark.tsx';
import css from './RichText.module.css';

/** Paragraphs, lists and equations of a scene. */
export function Blocks({ blocks }: { readonly blocks: readonly Block[] }) {
  return blocks.map((block, i) => <BlockText key={i} block={block} />);
}

function BlockText({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          <RichText parts={block.children} />
        </p>
      );
    case 'list':
      return (
        <ul>
          {block.items.map((item, i) => (
            <li key={i}>
              <RichText parts={item} />
            </li>
          ))}
        </ul>
      );
    case 'math':
      return <MathText html={block.html} className={css.display} />;
  }
}

/** Words of a scene, with terms that explain themselves and marks of what is checked. */
export function RichText({ parts }: { readonly parts: readonly Inline[] }) {
  return parts.map((part, i) => {
    const before = parts.at(i - 1);
    const after = parts.at(i + 1);
    if (part.kind === 'text') {
      // A mark takes the word before it and the stop behind it along, so that no line breaks between them.
      const start = i > 0 && before?.kind === 'check' ? stopIn(part.text).length : 0;
      const end = after?.kind === 'check' ? wordIn(part.text).length : 0;
      return part.text.slice(start, part.text.length - end);
    }
    if (part.kind !== 'check') return <InlineText key={i} part={part} />;
    return (
      <span key={i} className={css.checked}>
        {i > 0 && before?.kind === 'text' && wordIn(before.text).trimEnd()}
        <CheckMark check={part.check} />
        {after?.kind === 'text' && stopIn(after.text)}
      </span>
    );
  });
}

/** The last word with what is behind it. */
const wordIn = (text: string) => /\S*\s*$/.exec(text)?.[0] ?? '';
/** The stop at its beginning. */
const stopIn = (text: string) => /^\p{P}*/u.exec(text)?.[0] ?? '';

function InlineText({ part }: { readonly part: Exclude<Inline, { kind: 'text' | 'check' }> }) {
  switch (part.kind) {
    case 'strong':
      return (
        <strong>
          <RichText parts={part.children} />
        </strong>
      );
    case 'emphasis':
      return (
        <em>
          <RichText parts={part.children} />
        </em>
      );
    case 'term':
      return <Term id={part.id}>{part.words || termEntry(part.id).name}</Term>;
    case 'link':
      return (
        <a href={part.hash} className={css.link}>
          <RichText parts={part.children} />
        </a>
      );
    case 'math':
      return <MathText html={part.html} className={css.math} />;
  }
}

/** MathML alone: browsers set it without KaTeX's fonts and styles. */
function MathText({ html, className }: { readonly html: string; readonly className: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: made by KaTeX, which writes a text's characters as text
  return <span className={className} translate="no" dangerouslySetInnerHTML={{ __html: html }} />;
}
