/** In preparation. */
export default function PrecisionStaircase() {
  return null;
}
