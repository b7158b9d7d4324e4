const days = new Map<string, Intl.DateTimeFormat>();

/** The calendar day in the zone: `2026-11-22`. */
function dayIn(zone: string, at: number): string {
  let format = days.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    days.set(zone, format);
  }
  return format.format(at);
}

const found = new Map<string, string>();

/** The period key of DESIGN.md section 3 that holds the moment. */
export function periodKey(
  at: number,
  terms: { kind: string; zone: string; currency: string },
): string {
  const day = dayIn(terms.zone, at);
  const known = `${day} ${terms.kind} ${terms.zone} ${terms.currency}`;
  const before = found.get(known);
  if (before !== undefined) return before;
  const key = `${terms.kind}:${nameOf(day, terms.kind)}:${terms.zone.replaceAll('/', '~')}:${terms.currency}`;
  found.set(known, key);
  return key;
}

function nameOf(day: string, kind: string): string {
  const year = day.slice(0, 4);
  const month = day.slice(5, 7);
  if (kind === 'month') return `${year}-${month}`;
  if (kind === 'quarter') return `${year}-Q${String(Math.floor((Number(month) + 2) / 3))}`;
  // ISO 8601: week 1 is the one with 4 January; weeks begin on Monday.
  const noon = new Date(`${day}T12:00:00Z`);
  const monday = noon.getTime() - ((noon.getUTCDay() + 6) % 7) * 86_400_000;
  for (const candidate of [Number(year) + 1, Number(year), Number(year) - 1]) {
    const fourth = new Date(`${String(candidate)}-01-04T12:00:00Z`);
    const first = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * 86_400_000;
    if (monday >= first) {
      const week = Math.round((monday - first) / (7 * 86_400_000)) + 1;
      return `${String(candidate)}-W${String(week).padStart(2, '0')}`;
    }
  }
  throw new Error(`no week holds ${day}`);
}
