/** Address of this page with another hash. */
export function pageLink(address: string, hash: string): string {
  const url = new URL(address);
  url.hash = '';
  return url.href.replace(/#$/, '') + hash;
}

/** HTML that shows the page inside another one. */
export function embedSnippet(link: string): string {
  const address = link.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<iframe src="${address}" title="Spiking Playground" width="1280" height="720" style="border:0;width:100%" loading="lazy" allow="fullscreen; webgpu"></iframe>`;
}
