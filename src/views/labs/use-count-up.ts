import { useEffect, useState } from 'react';
import { useStill } from '../figures/network/use-player.ts';

/** Longest time in ms in which a number catches up. */
const LONGEST_MS = 1200;
const EACH_MS = 90;

/** A number that grows to `count` before the eyes, one by one or in larger strides; at once when it falls or motion is reduced. */
export function useCountUp(count: number): number {
  const still = useStill();
  const [shown, setShown] = useState(count);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it begins where it stands when the count changes
  useEffect(() => {
    if (still || count <= shown) {
      setShown(count);
      return;
    }
    const missing = count - shown;
    const begin = performance.now();
    const time = Math.min(LONGEST_MS, missing * EACH_MS);
    let request = 0;
    const frame = (now: number) => {
      const share = Math.min(1, Math.max(0, (now - begin) / time));
      setShown(Math.max(count - missing + 1, count - missing + Math.floor(share * missing)));
      if (share < 1) request = requestAnimationFrame(frame);
    };
    request = requestAnimationFrame(frame);
    return () => cancelAnimationFrame(request);
  }, [count, still]);
  return Math.min(shown, count);
}
