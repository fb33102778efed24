/**
 * Damerau–Levenshtein distance (optimal string alignment): insertions, deletions, substitutions and swaps of neighbours, one each.
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const differs = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + differs);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length];
}

/** The words that a mistyped one may stand for: the nearest, two where as near; none where all are too far from it. */
export function nearest(word: string, words: readonly string[]): string[] {
  const typed = word.toLowerCase();
  const distances = words.map((other) => editDistance(typed, other.toLowerCase()));
  const least = Math.min(...distances.filter((_, i) => words[i] !== word));
  if (least > Math.min(3, Math.ceil(typed.length / 3))) return [];
  return words
    .filter((other, i) => other !== word && distances[i] === least && least < other.length)
    .slice(0, 2);
}

/** “ (did you mean “rate”?)”, or nothing where no word is near. */
export function didYouMean(word: string, words: readonly string[]): string {
  const near = nearest(word.slice(0, 60), words);
  return near.length > 0 ? ` (did you mean ${near.map((other) => `“${other}”`).join(' or ')}?)` : '';
}
