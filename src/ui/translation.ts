/** Digits of a text in any order: a translation may move its numbers, and write 1.000 for 1,000. */
const digitsOf = (text: string | null) => (text?.match(/\p{Nd}/gu) ?? []).sort().join('');

/**
 * Keeps the page true while a browser translates it. A translator takes text nodes out and puts others in their places, within elements
 * of its own (`<font>`). React goes on with the nodes that it made: what it writes into them would not be seen, and to remove them would
 * fail. So a text that is written to comes back, with those beside it, to be translated anew; what took the place of a node stands for
 * it; a translation of what a text was before is undone; and one with other digits than its text is undone for good.
 */
export function guardTranslation(page: Node): void {
  /** What took the place of a text. */
  const taken = new WeakMap<Node, Node>();
  /** Texts of an element that were taken out. */
  const textsOf = new WeakMap<Node, Set<Text>>();
  /** Texts that were written to since they were last put in: a translation of them may come too late. */
  const written = new WeakSet<Node>();
  /** What the page took out itself. */
  const left = new WeakSet<Node>();

  const restore = (parent: Node) => {
    for (const text of textsOf.get(parent) ?? []) {
      const other = taken.get(text);
      if (other?.parentNode === parent) parent.replaceChild(text, other);
      taken.delete(text);
    }
    textsOf.delete(parent);
  };
  const take = (text: Text, other: Node, parent: Node) => {
    taken.set(text, other);
    const texts = textsOf.get(parent) ?? new Set();
    // The page writes texts of its own in place of others, again and again: what stands for none any more is let go.
    for (const one of texts) if (taken.get(one)?.parentNode !== parent) texts.delete(one);
    textsOf.set(parent, texts.add(text));
    observer.observe(text, { characterData: true });
    if (written.delete(text)) return restore(parent);
    if (other instanceof Text || digitsOf(text.data) === digitsOf(other.textContent)) return;
    restore(parent);
    (parent as Element).setAttribute('translate', 'no');
  };

  const observer = new MutationObserver((records) => {
    const added = new Set(records.flatMap(({ addedNodes }) => [...addedNodes]));
    for (const { type, target, addedNodes, removedNodes, previousSibling, nextSibling } of records) {
      if (type === 'characterData') {
        const parent = taken.get(target)?.parentNode;
        if (parent) restore(parent);
        else written.add(target);
        continue;
      }
      // A text that is back takes its place itself.
      for (const node of addedNodes) {
        const other = taken.get(node);
        if (!other || other === node || node.parentNode !== target) continue;
        taken.delete(node);
        if (other.parentNode === target) target.removeChild(other);
      }
      for (const node of removedNodes) {
        if (!(node instanceof Text) || node.parentNode || left.has(node)) continue;
        const other = [...addedNodes, previousSibling, nextSibling].find(
          (beside) =>
            beside &&
            added.has(beside) &&
            beside.parentNode === target &&
            (beside.nodeName === 'FONT' || beside instanceof Text),
        );
        if (other) take(node, other, target);
      }
    }
  });
  observer.observe(page, { childList: true, characterData: true, subtree: true });

  const { removeChild, insertBefore } = Node.prototype;
  const standing = (parent: Node, node: Node): Node => {
    const other = node.parentNode === parent ? undefined : taken.get(node);
    return other?.parentNode === parent ? other : node;
  };
  Node.prototype.removeChild = function <T extends Node>(child: T): T {
    left.add(child);
    removeChild.call(this, standing(this, child));
    return child;
  };
  Node.prototype.insertBefore = function <T extends Node>(node: T, before: Node | null): T {
    insertBefore.call(this, node, before && standing(this, before));
    return node;
  };
}
