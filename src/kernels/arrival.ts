const nameOf = (address: string) => address.replace(/[?#].*$/, '').replace(/^.*\//, '');

/**
 * Fetches a file of the page.
 * @throws Error that names the file and why it did not arrive: no answer, a status, or a page in its place.
 */
export async function arrived(address: string | URL, options?: RequestInit): Promise<Response> {
  const name = nameOf(String(address));
  const response = await fetch(address, options).catch(() => {
    throw new Error(`${name} did not arrive: this device is offline, or the server does not answer`);
  });
  if (!response.ok)
    throw new Error(
      `${name} did not arrive: the server answers ${response.status} ${response.statusText}`.trim(),
    );
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('text/html'))
    throw new Error(`${name} did not arrive: the server sends a page (text/html) in its place`);
  return response;
}

/** Why a script of the page cannot be started, if it is because it does not arrive as a script; undefined otherwise. */
export async function scriptFault(address: string): Promise<string | undefined> {
  try {
    const response = await arrived(address, { cache: 'no-store' });
    const type = response.headers.get('content-type') ?? 'no type';
    return /javascript|ecmascript/.test(type)
      ? undefined
      : `${nameOf(address)} is not run: the server calls it ${type}, not text/javascript`;
  } catch (error) {
    return (error as Error).message;
  }
}
