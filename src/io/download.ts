/** Hands a text or a picture to the browser's downloads; nothing leaves the machine. */
export function download(name: string, content: string | Blob, type = 'text/plain'): void {
  const blob = typeof content === 'string' ? new Blob([content], { type }) : content;
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own hold on the data once it has begun.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A name that every system takes as a file's: “Signed error, step 12” → signed-error-step-12. */
export function fileName(...parts: readonly (string | number)[]): string {
  const words = parts
    .join(' ')
    .toLowerCase()
    .normalize('NFKD')
    .match(/[\p{L}\p{N}]+/gu);
  return (words ?? ['figure']).join('-').slice(0, 80);
}
