import { availabilityRoutes } from './availability-api.ts';
import { customObjectRoutes } from './custom-objects-api.ts';
import { incrementalExportRoutes } from './incremental-exports-api.ts';
import { localeRoutes } from './locales-api.ts';
import { peopleRoutes } from './people-api.ts';
import { searchRoutes } from './search-api.ts';
import { ticketFieldRoutes } from './ticket-fields-api.ts';
import { ticketRoutes } from './tickets-api.ts';
import type { Route } from './call.ts';

/** Every operation that the simulator answers; paths are relative to `/api/v2`. */
export const routes: readonly Route[] = [
  ...ticketRoutes,
  ...peopleRoutes,
  ...availabilityRoutes,
  ...localeRoutes,
  ...customObjectRoutes,
  ...ticketFieldRoutes,
  ...searchRoutes,
  ...incrementalExportRoutes,
];

function match(path: string, pathname: string): Record<string, string> | undefined {
  const wanted = path.split('/');
  const given = pathname.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const actual = given[at] ?? '';
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined) {
      if (part !== actual) return undefined;
    } else {
      if (actual === '') return undefined;
      // A numeric id never matches a word, so that an unknown word is an unknown endpoint.
      if (numericPart.test(name) && !/^\d+$/.test(actual)) return undefined;
      params[name] = actual;
    }
  }
  return params;
}

const numericPart = /^(ticket|user|group|organization|ticket_field|ticket_audit|article)_id$/;

function pathBelowApi(pathname: string): string | undefined {
  const plain = pathname.replace(/\.json$/, '');
  return plain.startsWith('/api/v2/') ? plain.slice('/api/v2'.length) : undefined;
}

/** The route for a request, with the named parts of its path. */
export function routeFor(
  method: string,
  pathname: string,
): { route: Route; params: Record<string, string> } | undefined {
  const path = pathBelowApi(pathname);
  if (path === undefined) return undefined;
  for (const route of routes) {
    if (route.method !== method) continue;
    const params = match(route.path, path);
    if (params !== undefined) return { route, params };
  }
  return undefined;
}

/** The methods that a path knows; none when there is no such endpoint. */
export function methodsAt(pathname: string): string[] {
  const path = pathBelowApi(pathname);
  if (path === undefined) return [];
  return [
    ...new Set(
      routes.filter((route) => match(route.path, path) !== undefined).map((route) => route.method),
    ),
  ];
}
