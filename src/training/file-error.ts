/** A file that cannot be used: names the place, the value and what is allowed. */
export class FileError extends Error {
  override readonly name: string = 'FileError';
  constructor(place: string, value: unknown, allowed: string) {
    super(`${place}: ${excerpt(value)} is not allowed; allowed: ${allowed}`);
  }
}

const excerpt = (value: unknown): string => {
  const text =
    typeof value === 'string' ? `“${value.replaceAll(/\s+/g, ' ')}”` : (JSON.stringify(value) ?? 'nothing');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};
