// A page that tells its errors to its server, for browsers that tell them to nobody.
import { preview } from 'vite';

const WATCH = '/watch-errors.js';
const TOLD = '/told-errors';

/** Runs before the page's own scripts; its policy allows scripts and answers of its own server. */
function watch(told: string) {
  const tell = (what: unknown) => navigator.sendBeacon(told, String(what));
  const { error } = console;
  console.error = (...words: unknown[]) => {
    tell(words.map(String).join(' '));
    error.apply(console, words);
  };
  // Of a file that does not arrive the event says only which.
  const source = ({ target }: Event) => (target as HTMLScriptElement | null)?.src;
  addEventListener(
    'error',
    (event) => tell(event.error ?? event.message ?? `not loaded: ${source(event)}`),
    true,
  );
  addEventListener('unhandledrejection', (event) => tell(`unhandled: ${event.reason}`));
  addEventListener('securitypolicyviolation', (event) =>
    tell(`policy violated: ${event.violatedDirective} ${event.blockedURI}`),
  );
}

/** Serves the built page once more, with a script in front of its own that tells of every error. */
export async function watched(address: string) {
  const problems: string[] = [];
  const server = await preview({
    base: './',
    configFile: false,
    logLevel: 'error',
    preview: { port: 0, host: 'localhost' },
    plugins: [
      {
        name: 'watch-errors',
        configurePreviewServer({ middlewares }) {
          middlewares.use(async (request, response, next) => {
            const path = request.url?.replace(/\?.*/, '');
            if (path === TOLD) {
              let text = '';
              for await (const chunk of request) text += chunk;
              problems.push(text);
              response.end();
            } else if (path === WATCH) {
              response.setHeader('content-type', 'text/javascript');
              response.end(`(${watch})('.${TOLD}')`);
            } else if (path === '/' || path === '/index.html') {
              const page = await (await fetch(new URL('./index.html', address))).text();
              response.setHeader('content-type', 'text/html');
              response.end(page.replace('<head>', `<head><script src=".${WATCH}"></script>`));
            } else next();
          });
        },
      },
    ],
  });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('the page could not be served');
  return {
    problems,
    /** The same page here. */
    at: (other: string) => (other.startsWith(address) ? url + other.slice(address.length) : other),
    close: () => server.close(),
  };
}
