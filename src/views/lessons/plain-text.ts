import type { Inline } from '../../lessons/lesson.ts';
import { termEntry } from '../../lessons/terms.ts';

/** The words of a text without what is marked in it. */
export const plainText = (parts: readonly Inline[]): string =>
  parts
    .map((part) => {
      switch (part.kind) {
        case 'text':
          return part.text;
        case 'term':
          return part.words || termEntry(part.id).name;
        case 'math':
          return part.tex;
        case 'check':
          return '';
        default:
          return plainText(part.children);
      }
    })
    .join('');
