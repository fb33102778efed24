/** What the frames around the page do to downloads: browsers drop them without a word. */
type FrameHold = 'forbidden' | 'unknown';

let tell: ((hold: FrameHold) => void) | undefined;

/** What is to be told when a frame forbids a download, or once, when it may: pages of other sites cannot be looked at. */
export function onFramedDownload(telling: (hold: FrameHold) => void): void {
  tell = telling;
}

/** Whether a frame around the page forbids downloads: a sandbox without allow-downloads. */
export function frameHold(view: Window = window): FrameHold | undefined {
  for (let inner = view; inner.parent !== inner; inner = inner.parent) {
    const frame = frameOf(inner);
    if (!frame) return 'unknown';
    const sandbox = frame.getAttribute('sandbox');
    if (sandbox !== null && !/\ballow-downloads(?!-)\b/i.test(sandbox)) return 'forbidden';
  }
  return undefined;
}

/** The element that shows a window; none where a page of another site has it. */
function frameOf(view: Window): Element | null {
  try {
    return view.frameElement;
  } catch {
    return null;
  }
}

/** Hands a text or a picture to the browser's downloads; nothing leaves the machine. */
export function download(name: string, content: string | Blob, type = 'text/plain'): void {
  const hold = frameHold();
  if (hold) tell?.(hold);
  if (hold === 'forbidden') return;
  if (hold === 'unknown') tell = undefined;
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
