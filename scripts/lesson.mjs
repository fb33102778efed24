// Reads lessons and plays them to their end: npm run lesson -- FILE… Tells each condition with its facts.
import process from 'node:process';
import { createServer } from 'vite';

const files = process.argv.slice(2);
const option = files.find((file) => file.startsWith('-'));
if (files.length === 0 || option !== undefined) {
  const asked = option === '--help';
  const said = asked || !option ? [] : [`${option}: there are no options`];
  console.error([...said, 'npm run lesson -- src/lessons/en/01-one-neuron.md …'].join('\n\n  '));
  process.exit(asked ? 0 : 2);
}
// The page's modules are Vite's: Node alone cannot load its worker's address.
const server = await createServer({
  root: new URL('..', import.meta.url).pathname,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true, include: [] },
});
try {
  const { reportOn } = await server.ssrLoadModule('/tests/support/lesson-report.ts');
  for (const file of files) if (!(await reportOn(file, console.log))) process.exitCode = 1;
} finally {
  await server.close();
}
