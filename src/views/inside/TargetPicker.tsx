/** In preparation. */
export default function TargetPicker() {
  return null;
}
