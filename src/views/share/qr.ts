import { encode } from 'uqr';

/** Light modules around the code that scanners need. */
const QUIET_ZONE = 4;

export interface QrDrawing {
  /** Modules along each side, the quiet zone included. */
  readonly size: number;
  /** Path data of the dark modules. */
  readonly path: string;
}

/** A QR code of `text` (error correction L: the longest texts); undefined when it is too long for one. */
export function qrDrawing(text: string): QrDrawing | undefined {
  try {
    const { size, data } = encode(text, { ecc: 'L', border: QUIET_ZONE });
    let path = '';
    data.forEach((row, y) => {
      for (let x = 0; x < row.length; ) {
        let end = x;
        while (row[end]) end++;
        if (end > x) path += `M${x} ${y}h${end - x}v1h${x - end}z`;
        x = end + 1;
      }
    });
    return { size, path };
  } catch {
    return undefined;
  }
}
