/**
 * A link's address with its settings behind the #, where that was lost or written as %23 on its way; undefined where nothing was lost.
 * @param keys names of the settings, see LINK_KEYS in src/state/url.ts
 */
export function withLostHash(
  { pathname, search, hash }: Pick<Location, 'pathname' | 'search' | 'hash'>,
  keys: readonly string[],
): string | undefined {
  const pattern = new RegExp(`^(.*?)(?:[?&]|%23)((?:${keys.join('|')})(?:=|%3D).*)$`, 'i');
  const [, place, settings] = pattern.exec(pathname + search) ?? [];
  return settings && `${place}#${settings}${hash.replace(/^#(?=.)/, '&')}`;
}
