/** Keeps the run beyond the page; true once that is done. */
export async function keepRun(): Promise<boolean> {
  return false;
}

/** Opens the page anew, the run kept where that can be done. */
export async function reload(): Promise<void> {
  await keepRun();
  location.reload();
}
