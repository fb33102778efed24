import { encode } from 'uqr';

/** Light modules around the code that scanners need. */
const QUIET_ZONE = 4;

interface QrDrawing {
  /** Modules along each side, the quiet zone included. */
  readonly size: number;
  /** Path data of the dark modules. */
  readonly path: string;
}

/** Texts up to this length bear more error correction and still have modules that are easily told apart. */
const SHORT = 300;

/** A QR code of `text`, of long texts with the least error correction; undefined when it is too long for one. */
export function qrDrawing(text: string): QrDrawing | undefined {
  try {
    const { size, data } = encode(text, { ecc: text.length <= SHORT ? 'M' : 'L', border: QUIET_ZONE });
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
