/** In preparation. */
export default function Slice() {
  return null;
}
