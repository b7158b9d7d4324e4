import axe from 'axe-core';
import type { Desk } from './browser-desk.ts';

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe finds in the app's frame as it stands. */
export async function axeFindings({ page }: Desk): Promise<string[]> {
  const frame = page.frames().find((each) => each.url().includes('app_guid'));
  if (!frame) throw new Error('the app is not there');
  await frame.evaluate(axe.source);
  const violations = await frame.evaluate(async () => {
    const runner = (window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } })
      .axe;
    return (await runner.run()).violations;
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
}
