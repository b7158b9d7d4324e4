const full = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

/** `22 Nov 2026, 10:05 UTC` */
export function clockTime(ms: number): string {
  return `${full.format(ms)} UTC`;
}

/** A stamp of the API, shown the same way. */
export function stampTime(stamp: string): string {
  return clockTime(Date.parse(stamp));
}

/** `5 h ago`, for lists. */
export function ago(stamp: string, now: number): string {
  const minutes = Math.max(0, Math.round((now - Date.parse(stamp)) / 60_000));
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${String(minutes)} min ago`;
  if (minutes < 48 * 60) return `${String(Math.round(minutes / 60))} h ago`;
  return `${String(Math.round(minutes / 1440))} days ago`;
}
