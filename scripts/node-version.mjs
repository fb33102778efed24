// Which versions of Node the tools run under: what `engines` in package.json says, read and put into words.

const PART = /^(\^|>=)(\d+)\.(\d+)\.(\d+)$/;

/** @typedef {{ within: boolean, least: number[] }} Part Versions from `least` on; `within`: of the same major version only. */

/**
 * A range as npm writes it, of `^a.b.c` and `>=a.b.c` joined by `||`.
 * @param {string} range
 * @returns {Part[]}
 * @throws {Error} for any other form, which this file would have to learn
 */
function partsOf(range) {
  return range.split('||').map((text) => {
    const found = PART.exec(text.trim());
    if (!found)
      throw new Error(
        `engines.node in package.json: "${range}" cannot be read; allowed: ^a.b.c and >=a.b.c, joined by ||`,
      );
    return { within: found[1] === '^', least: found.slice(2).map(Number) };
  });
}

/**
 * Whether a version is in the range.
 * @param {string} version as in process.versions.node
 * @param {string} range
 */
export function fits(version, range) {
  const numbers = version.split('-')[0].split('.').map(Number);
  return partsOf(range).some(({ within, least }) => {
    if (within && numbers[0] !== least[0]) return false;
    const differs = least.findIndex((number, i) => number !== numbers[i]);
    return differs < 0 || numbers[differs] > least[differs];
  });
}

/**
 * The range in words: "20.19 or newer of 20, 22.12 or newer".
 * @param {string} range
 */
export function inWords(range) {
  const named = partsOf(range).map(({ within, least: [major, minor, patch] }) => {
    const least = `${major}.${minor}${patch ? `.${patch}` : ''} or newer`;
    return within ? `${least} of ${major}` : least;
  });
  return named.join(', or ');
}
