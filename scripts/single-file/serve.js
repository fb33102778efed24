/**
 * Runs in the page of a single file and in each of its workers: gives every file of the build an address of its own, a blob's, when it
 * is asked for. It is put there as its text, so it may use nothing from outside.
 * @param {Record<string, import('./inline.ts').Inlined>} files by name
 * @param {string} importing text of a script that imports the address that stands for ADDRESS; it lets messages wait until then
 */
export function serve(files, importing) {
  /** @type {Map<string, string>} */
  const addresses = new Map();

  /** The files that one needs, itself included. */
  const withNeeded = (/** @type {string} */ name) => {
    const names = new Set([name]);
    for (const one of names) for (const other of files[one].needs) names.add(other);
    return Object.fromEntries([...names].map((one) => [one, files[one]]));
  };
  /** A worker starts anew from the files that it needs: addresses that the page made need not be there for it. */
  const workerText = (/** @type {string} */ name) =>
    `(${serve})(${JSON.stringify(withNeeded(name))}, ${JSON.stringify(importing)});
fileAddress.begin(${JSON.stringify(name)});
${importing.replace('ADDRESS', () => `fileAddress(${JSON.stringify(name)})`)}`;

  let begun = '';
  const contentOf = (/** @type {string} */ name) => {
    const { text, base64, worker } = files[name];
    if (base64 !== undefined) return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    if (worker && begun !== name) return workerText(name);
    // Modules that are imported at once.
    return /** @type {string} */ (text).replace(/\ue000([\w.-]+)\ue000/g, (_, other) => fileAddress(other));
  };
  const fileAddress = (/** @type {string} */ name) => {
    let address = addresses.get(name);
    if (address === undefined) {
      address = URL.createObjectURL(new Blob([contentOf(name)], { type: files[name].type }));
      addresses.set(name, address);
    }
    return address;
  };
  /** The worker that this is: its own script is the module itself. */
  fileAddress.begin = (/** @type {string} */ name) => {
    begun = name;
  };
  Object.assign(globalThis, { fileAddress });
}
