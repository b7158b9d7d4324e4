/** How many letters have to be put in, left out or changed to make one text of the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    let before = row[0] ?? 0;
    const next = [index + 1];
    for (let at = 1; at < row.length; at += 1) {
      const above = row[at] ?? 0;
      const same = letter === other[at - 1];
      next.push(same ? before : 1 + Math.min(before, above, next[at - 1] ?? 0));
      before = above;
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** The one that somebody most likely meant, whatever its capitals; null where none is near. */
export function nearest(typed: string, names: readonly string[]): string | null {
  const meant = typed.toLowerCase();
  let best: { name: string; far: number } | null = null;
  for (const name of names) {
    const far = distance(meant, name.toLowerCase());
    if (far <= Math.min(3, Math.floor(meant.length / 3)) && (!best || far < best.far)) {
      best = { name, far };
    }
  }
  return best?.name ?? null;
}
