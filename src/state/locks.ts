/** The browser's locks; none where it has none or forbids so much as asking. */
export function browserLocks(): LockManager | undefined {
  try {
    return navigator.locks;
  } catch {
    return undefined;
  }
}
