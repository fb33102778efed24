import { prerender } from 'react-dom/static';
import { Page } from '../page/Page.tsx';
import { createPlayground } from '../state/playground.ts';
import { prerendered } from '../ui/use-narrow.ts';

/** A worker that never answers: nothing is trained while the page is built. */
const silent = () => ({ postMessage() {}, terminate() {}, onmessage: null, onerror: null });

/** HTML of the page as it opens without a link's settings, for wide or narrow windows. */
export async function renderFirstView(narrow: boolean): Promise<string> {
  prerendered.narrow = narrow;
  const playground = createPlayground({ spawn: silent });
  try {
    const errors: unknown[] = [];
    const { prelude } = await prerender(<Page playground={playground} />, {
      // In one piece: parts that are sent later would need inline scripts, which the policy forbids.
      progressiveChunkSize: Number.POSITIVE_INFINITY,
      onError: (error) => void errors.push(error),
    });
    const html = await new Response(prelude).text();
    if (errors.length > 0) throw errors[0];
    if (html.includes('<script')) throw new Error('The first view holds a script.');
    return html;
  } finally {
    playground.actions.dispose();
  }
}
