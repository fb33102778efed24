import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Download } from './driver.ts';

const PATIENCE_MS = 60_000;
/** Endings of files that a browser has not saved to their end. */
const PART = /\.(part|wkdownload|crdownload)$/;

/** A folder that a browser saves files into. */
export class Downloads {
  readonly folder = mkdtempSync(join(tmpdir(), 'playground-downloads-'));

  /** Waits for the file that `act` makes the browser save. */
  async during(act: () => Promise<void>): Promise<Download> {
    const before = new Set(readdirSync(this.folder));
    await act();
    const until = Date.now() + PATIENCE_MS;
    let size = -1;
    while (Date.now() < until) {
      const names = readdirSync(this.folder);
      const name = names.find((one) => !before.has(one) && !PART.test(one));
      if (name && !names.some((one) => PART.test(one))) {
        const bytes = readFileSync(join(this.folder, name));
        // A file may be there before all of it is written.
        if (bytes.length > 0 && bytes.length === size) return { name, bytes };
        size = bytes.length;
      }
      await pause(200);
    }
    throw new Error(`the browser saved no file within ${PATIENCE_MS / 1000} s`);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
