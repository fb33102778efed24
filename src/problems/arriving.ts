/** How browsers say that a module did not arrive: Chromium and Firefox name it, Safari does not. */
const MISSING = /dynamically imported module|module script|JavaScript MIME type/i;
const ADDRESS = /\b(?:https?|file):\/\/[^\s"'?#]+/;

/** A module that is loaded when it is needed did not arrive. */
export class NotArrived extends Error {
  override name = 'NotArrived';
  constructor(
    /** Of the module, where the browser tells it. */
    readonly address: string | undefined,
    cause: unknown,
  ) {
    super(`${address?.replace(/^.*\//, '') ?? 'A file of the page'} did not arrive`, { cause });
  }
}

/** Times that a module was asked for in vain, by its address. */
const failures = new Map<string, number>();
/** Modules that arrived under another address: one instance for all who ask. */
const instead = new Map<string, Promise<unknown>>();

/** The address under which a module that failed so many times is asked for once more. */
const addressAgain = (address: string, failed: number) => `${address}?again=${failed}`;

/**
 * Loads a module. Browsers keep a failure: the same address is not asked for twice. So from the second time on a module
 * is asked for under another one. What it imports resolves as before, so that shared modules stay one.
 * @param load nothing but the import.
 * @throws NotArrived, or what the module itself throws.
 */
export async function arriving<M>(
  load: () => Promise<M>,
  ask: (address: string) => Promise<unknown> = (address) => import(/* @vite-ignore */ address),
): Promise<M> {
  try {
    return await load();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!MISSING.test(message)) throw error;
    const address = ADDRESS.exec(message)?.[0];
    if (address === undefined) throw new NotArrived(address, error);
    const failed = failures.get(address) ?? 0;
    if (failed === 0) {
      failures.set(address, 1);
      throw new NotArrived(address, error);
    }
    let other = instead.get(address);
    if (!other) {
      failures.set(address, failed + 1);
      other = ask(addressAgain(address, failed));
      instead.set(address, other);
    }
    try {
      return (await other) as M;
    } catch (again) {
      if (instead.get(address) === other) instead.delete(address);
      throw new NotArrived(address, again);
    }
  }
}
