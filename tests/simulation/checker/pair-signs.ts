import type { SimulatorState } from '#simulator/state.ts';

/** How often the checker signed for the maker, by the slots that hold money, for each period. */
export function pairSigns(
  state: SimulatorState,
  maker: string,
  checker: string,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const record of Object.values(state.records['leeway_credit'] ?? {})) {
    const [period, of] = record.external_id?.split('/') ?? [];
    const { status, signers } = record.custom_object_fields;
    const spends = ['leeway_reserved', 'leeway_posted', 'leeway_reversed_late'];
    if (of !== maker || !period || !spends.includes(String(status))) continue;
    if (
      !String(signers ?? '')
        .split(' ')
        .includes(checker)
    )
      continue;
    counts.set(period, (counts.get(period) ?? 0) + 1);
  }
  return counts;
}
