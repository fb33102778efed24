// `npm run build:lib`: lib/, what `npm pack` puts into the package. JavaScript with everything that it needs inside, the WebAssembly
// kernels beside it, types, and the licences of what is inside.
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { build } from 'vite';
import { ROOT } from './setup.mjs';

const LIB = join(ROOT, 'lib');
const WASM = 'src/kernels/wasm/build/snn.wasm';

rmSync(LIB, { recursive: true, force: true });
await build({
  root: ROOT,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: LIB,
    target: 'es2022',
    minify: false,
    license: { fileName: 'LICENSES.md' },
    rolldownOptions: {
      // TensorFlow.js would fetch models by it.
      external: ['node-fetch'],
      input: { index: join(ROOT, 'src/library/index.ts'), snn: join(ROOT, 'src/library/snn.ts') },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
// Found by the module that is beside it: src/kernels/wasm/module.ts.
cpSync(join(ROOT, WASM), join(LIB, 'build/snn.wasm'));

// TensorFlow.js registers its backends as it is loaded; everything else may be left out where it is not used.
writeFileSync(
  join(LIB, 'package.json'),
  `${JSON.stringify({ type: 'module', sideEffects: ['./engine-*.js', './dist-*.js'] })}\n`,
);

const tsc = spawnSync(
  process.execPath,
  [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', join(ROOT, 'src/library/tsconfig.json')],
  { cwd: ROOT, stdio: 'inherit' },
);
if (tsc.status !== 0) process.exit(1);

/** Addresses of what is in the package: names end in .js, and no type comes from another package. */
for (const entry of readdirSync(join(LIB, 'types'), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const file = join(entry.parentPath, entry.name);
  const text = readFileSync(file, 'utf8')
    .replaceAll(/(from |import\()(['"])(\.{1,2}\/[^'"]+)\.ts\2/g, '$1$2$3.js$2')
    .replace(/^import \* as v from 'valibot';\n/m, '');
  const [foreign] = /\bv\.\w+|(?:from |import\()['"][^.][^'"]*/.exec(text) ?? [];
  if (foreign) throw new Error(`${file}: “${foreign}” is of another package: mark what needs it @internal`);
  writeFileSync(file, text);
}
