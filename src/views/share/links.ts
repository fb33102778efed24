/** Address of this page with another hash. */
export function pageLink(address: string, hash: string): string {
  const url = new URL(address);
  url.hash = '';
  return url.href.replace(/#$/, '') + hash;
}

const asAttribute = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** HTML that shows the page inside another one. */
export function embedSnippet(link: string): string {
  const address = asAttribute(link);
  return `<iframe src="${address}" title="Spiking Playground" width="1280" height="720" style="border:0;width:100%" loading="lazy" allow="fullscreen; clipboard-write"></iframe>`;
}

/** What a frame has to allow. Without allow-same-origin nothing is kept, without allow-downloads nothing is saved. */
const SANDBOX = 'allow-scripts allow-same-origin allow-downloads';

/** The same for course systems, with nothing but what their editors leave in place: see docs/embedding.md. */
export function courseSnippet(link: string): string {
  return `<iframe src="${asAttribute(link)}" title="Spiking Playground" width="100%" height="720" style="border: 0" sandbox="${SANDBOX}" allowfullscreen></iframe>`;
}
