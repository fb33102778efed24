import fc from 'fast-check';

/** One fault of transport, of hands or of malice. Places are shares of the text, so that a smaller text has them too. */
type Mutation =
  | { readonly kind: 'cut' | 'copy' | 'swap' | 'turn'; readonly at: number; readonly length: number }
  | { readonly kind: 'insert'; readonly at: number; readonly text: string }
  | { readonly kind: 'head' | 'tail'; readonly at: number }
  | { readonly kind: 'line'; readonly at: number; readonly to: number }
  | { readonly kind: 'repeat'; readonly times: number }
  | { readonly kind: 'ends'; readonly text: string };

const share = fc.double({ min: 0, max: 1, noNaN: true });

const STRANGE = [
  ...['\u0000', '\u202e\ufeff', '∞', '%', '%2', '%u0041', '&', '=', '#', ':', ',', '/', '"', '{', ']', '\\u'],
  ...['NaN', '-0', '1e999', '0x10', '1_000', '９', 'null', '__proto__', 'constructor', 'toString'],
];

function mutation(foreign: readonly string[]): fc.Arbitrary<Mutation> {
  const text = fc.oneof(
    fc.constantFrom(...STRANGE, ...foreign),
    fc.constantFrom(...STRANGE, ...foreign).map((one) => `\n\n${one}\n\n`),
    fc.string({ unit: 'binary', maxLength: 5 }),
    fc
      .tuple(fc.constantFrom(...'[*_`$(<>#-{(=,:/'), fc.integer({ min: 1, max: 3000 }))
      .map(([c, n]) => c.repeat(n)),
  );
  return fc.oneof(
    fc.record({
      kind: fc.constantFrom('cut', 'copy', 'swap', 'turn'),
      at: share,
      length: fc.integer({ min: 1, max: 400 }),
    }),
    fc.record({ kind: fc.constant('insert'), at: share, text }),
    fc.record({ kind: fc.constantFrom('head', 'tail'), at: share }),
    fc.record({ kind: fc.constant('line'), at: share, to: share }),
    fc.record({ kind: fc.constant('repeat'), times: fc.integer({ min: 2, max: 60 }) }),
    fc.record({ kind: fc.constant('ends'), text: fc.constantFrom('\r\n', '\r', ' ') }),
  ) as fc.Arbitrary<Mutation>;
}

function apply(text: string, change: Mutation): string {
  const place = (at: number) => Math.floor(at * text.length);
  switch (change.kind) {
    case 'head':
      return text.slice(0, place(change.at));
    case 'tail':
      return text.slice(place(change.at));
    case 'insert':
      return text.slice(0, place(change.at)) + change.text + text.slice(place(change.at));
    case 'repeat':
      return text.length * change.times > 4e6 ? text : text.repeat(change.times);
    case 'ends':
      return text.replaceAll('\n', change.text);
    case 'line': {
      const lines = text.split('\n');
      const [line] = lines.splice(Math.floor(change.at * (lines.length - 1)), 1);
      lines.splice(Math.floor(change.to * lines.length), 0, line);
      return lines.join('\n');
    }
    default: {
      const from = place(change.at);
      const part = text.slice(from, from + change.length);
      const [head, tail] = [text.slice(0, from), text.slice(from + change.length)];
      if (change.kind === 'cut') return head + tail;
      if (change.kind === 'copy') return head + part + part + tail;
      if (change.kind === 'turn') return head + [...part].reverse().join('') + tail;
      return tail + part + head;
    }
  }
}

/** One of the texts with one to four faults. */
export function mutatedText(texts: readonly string[], foreign: readonly string[] = []): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(mutation(foreign), { minLength: 1, maxLength: 4 }))
    .map(([text, mutations]) => mutations.reduce(apply, text));
}

/** One of the files with bytes changed, cut or put in. */
export function mutatedBytes(files: readonly Uint8Array[]): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const change = fc.record({ at: share, cut: fc.nat(8), bytes: fc.uint8Array({ maxLength: 8 }) });
  return fc
    .tuple(fc.constantFrom(...files), fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([file, changes]) =>
      changes.reduce((bytes, { at, cut, bytes: more }) => {
        const from = Math.floor(at * bytes.length);
        const next = [...bytes.subarray(0, from), ...more, ...bytes.subarray(from + cut)];
        return Uint8Array.from(next);
      }, Uint8Array.from(file)),
    );
}

/** What stands in place of a part of an object that a browser kept: another kind, another size, nothing. */
const WRONG = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    Number.NaN,
    -1,
    1.5,
    2 ** 53,
    Number.POSITIVE_INFINITY,
    '',
    'x',
    true,
    [],
  ),
  fc.constantFrom<unknown>({}, [null], [[]], new Float64Array(3), new Float32Array(1), '__proto__'),
);

/** An object of the kind that IndexedDB gives back, with one to three of its parts wrong, missing or doubled. */
export function mutatedRecord<T>(records: readonly T[]): fc.Arbitrary<T> {
  const change = fc.record({
    path: fc.array(share, { minLength: 1, maxLength: 6 }),
    value: WRONG,
    drop: fc.boolean(),
  });
  return fc
    .tuple(fc.constantFrom(...records), fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([record, changes]) => {
      const root = { record: structuredClone(record) };
      for (const { path, value, drop } of changes) {
        let at: Record<string, unknown> = root;
        let key = 'record';
        for (const step of path) {
          const inner = at[key];
          if (typeof inner !== 'object' || inner === null || ArrayBuffer.isView(inner)) break;
          const keys = Object.keys(inner);
          if (keys.length === 0) break;
          at = inner as Record<string, unknown>;
          key = keys[Math.min(keys.length - 1, Math.floor(step * keys.length))];
        }
        // The parts of a record that has lost all of them cannot be wrong.
        if (at === root) continue;
        if (drop) delete at[key];
        else at[key] = value;
      }
      return root.record;
    });
}
