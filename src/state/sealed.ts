import { ConfigError } from '../settings/fields.ts';

/** Key of a link under which stands what a class must not read in the address bar: base64url, no secret. */
export const SEALED = 'sealed';

/** Parts of a hash as one part that cannot be read at a glance. */
export function seal(parts: readonly string[]): string {
  const text = btoa(parts.join('&')).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  return `${SEALED}=${text}`;
}

/** The parts again. @throws ConfigError for what no seal is. */
export function unseal(text: string): string {
  try {
    const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    if (/^[\x20-\x7e]+$/.test(plain)) return plain;
  } catch {
    // Told below.
  }
  throw new ConfigError(SEALED, text.slice(0, 40), 'what the page writes while names are hidden');
}
