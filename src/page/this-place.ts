import { frameHold } from '../io/download.ts';
import { canStore } from '../io/storage.ts';

/** What is missing, and what is told to whom, because of where the page is shown: a sentence each. */
export function thisPlace(): readonly string[] {
  const sentences: string[] = [];
  const framed = window.parent !== window;
  if (!canStore())
    sentences.push(
      `${framed ? 'The frame around the page' : 'The browser'} lets it keep nothing: settings, runs and progress in lessons last until it is closed.`,
    );
  const hold = frameHold();
  if (hold)
    sentences.push(
      hold === 'forbidden'
        ? 'No file can be saved: the sandbox of the frame around the page lacks allow-downloads.'
        : 'Files can be saved only if the frame around the page allows downloads.',
    );
  if (document.documentElement.dataset.oneFile !== undefined)
    sentences.push(
      'The page is a single file. It works without a connection, cannot be installed, and does not learn of new versions.',
    );
  else if (framed)
    sentences.push('In a frame the page is not kept for use without a connection and cannot be installed.');
  if (location.protocol === 'file:')
    sentences.push('Links and their codes lead to the file where it lies now, which others cannot open.');
  if (document.querySelector('script[src$="/sco.js"]'))
    sentences.push(
      'It lies in a course system, to which it tells the scenes that are done, the score and the time spent.',
    );
  return sentences;
}
