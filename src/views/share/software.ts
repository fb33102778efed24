/** Version and commit of the page, written by the build; the commit is missing where there is no repository. */
export const SOFTWARE: { readonly version: string; readonly commit: string } = {
  version: import.meta.env.VITE_VERSION,
  commit: import.meta.env.VITE_COMMIT,
};

/** “made by version 0.1.0 (commit 1a2b3c4) on 2026-11-29”. */
export function madeNow(now = new Date()): string {
  const { version, commit } = SOFTWARE;
  return `made by version ${version}${commit && ` (commit ${commit})`} on ${now.toISOString().slice(0, 10)}`;
}
