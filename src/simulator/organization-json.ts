import type { Organization } from './state.ts';

/** An organization as the API shows it. */
export const organizationJson = (
  organization: Organization,
  origin: string,
): Record<string, unknown> => ({
  ...organization,
  url: `${origin}/api/v2/organizations/${String(organization.id)}.json`,
});
