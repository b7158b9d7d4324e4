/**
 * What one window keeps over a reload: session storage, so that two windows can differ. It may be
 * blocked; then nothing is kept.
 */
export function remember(key: string, value: string): void {
  try {
    sessionStorage.setItem(`host-page.${key}`, value);
  } catch {
    // Storage is blocked or full: a convenience is lost.
  }
}

export function recall(key: string): string | null {
  try {
    return sessionStorage.getItem(`host-page.${key}`);
  } catch {
    return null;
  }
}
