import type { UserId } from '#domain/ids.ts';
import { MINUTE } from '#domain/instant.ts';
import type { Helpdesk, Person } from '#zendesk/helpdesk.ts';

/** The people that this browser has read lately. Roles decide what counts, so nobody is known for long. */
export interface PeopleDirectory {
  /**
   * Those asked for, by id; whom Zendesk does not know is absent. One request for all that are not
   * known yet.
   * @throws HelpdeskError when somebody unknown can't be read
   */
  get(ids: Iterable<UserId>): Promise<ReadonlyMap<UserId, Person>>;
}

interface Known {
  readonly person: Person | null;
  readonly at: number;
}

/** Where the directory is kept between tickets; may keep nothing. */
export interface PeopleStore {
  read(): ReadonlyMap<UserId, Known>;
  write(known: ReadonlyMap<UserId, Known>): void;
}

const KEEP = 10 * MINUTE;

export function createPeopleDirectory(
  helpdesk: Helpdesk,
  store: PeopleStore,
  clock: () => number,
): PeopleDirectory {
  let memory = new Map<UserId, Known>();
  return {
    async get(ids) {
      const now = clock();
      const isFresh = (known: Known | undefined): boolean =>
        known !== undefined && now - known.at < KEEP;
      memory = new Map([...store.read(), ...memory].filter(([, known]) => isFresh(known)));
      const asked = [...new Set(ids)];
      const missing = asked.filter((id) => !memory.has(id));
      if (missing.length > 0) {
        const found = await helpdesk.readPeople(missing);
        for (const id of missing) memory.set(id, { person: found.get(id) ?? null, at: now });
        store.write(memory);
      }
      return new Map(
        asked.flatMap((id): [UserId, Person][] => {
          const person = memory.get(id)?.person;
          return person ? [[id, person]] : [];
        }),
      );
    },
  };
}
