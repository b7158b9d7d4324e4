import { askerOf, type Answer, type Call, type Route } from './call.ts';
import { pageByCursor } from './paging.ts';
import { forbidden } from './refusal.ts';
import { isAdmin } from './rights.ts';
import type { AgentStatus, User } from './state.ts';

/**
 * Who is at work, as JSON:API. `agent_status` is there only where the account routes work over all
 * channels, and only of agents who have ever set one. Whether plain agents may ask, Zendesk does not
 * say: an account can be told to refuse them.
 */
function listAvailabilities(call: Call): Answer {
  const { state } = call.world;
  if (!state.account.agents_see_availability && !isAdmin(askerOf(call))) throw forbidden();
  const agents = Object.values(state.users)
    .filter((user) => user.role !== 'end-user' && user.active && !user.suspended)
    .sort((one, other) => one.id - other.id);
  const page = pageByCursor(call, agents);
  return {
    status: 200,
    body: {
      data: page.items.map((user) => resourceOf(call, user, state.agent_statuses[String(user.id)])),
      included: [],
      ...page.around,
    },
  };
}

function resourceOf(call: Call, user: User, status: AgentStatus | undefined) {
  const { state } = call.world;
  const id = `agent_availabilities|${String(user.id)}`;
  return {
    id,
    type: 'agent_availabilities',
    attributes: {
      agent_id: user.id,
      ...(state.account.omnichannel && status ? { agent_status: { ...status } } : {}),
      group_ids: state.group_memberships
        .filter((membership) => membership.user_id === user.id)
        .map((membership) => membership.group_id),
      skills: [],
      version: 1,
    },
    relationships: { channels: { data: [] } },
    links: { self: `${call.url.origin}/api/v2/agent_availabilities/${String(user.id)}` },
  };
}

export const availabilityRoutes: Route[] = [
  {
    method: 'GET',
    path: '/agent_availabilities',
    who: 'agents',
    paging: 'cursor',
    answer: listAvailabilities,
  },
];
