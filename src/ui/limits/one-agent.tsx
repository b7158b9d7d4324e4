import { Field, Select } from '@zendeskgarden/react-forms';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { GroupId } from '#domain/ids.ts';
import { type Terms, tierFor } from '#domain/terms.ts';
import type { NextTerms } from '#use-cases/publish-terms.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import { Failed } from '../shared/failed.tsx';
import { all, readingOf } from '../shared/reading.ts';
import { Plain, Quiet, Skeleton, Stack, Strong } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { useWorld } from '../sidebar/world.ts';
import { limitsSentence } from './terms-sentences.ts';

/** The limits as one agent has them, and would have them: in force, and in the settings. */
export function OneAgent({
  terms,
  next,
}: {
  readonly terms: Terms | null;
  /** null: the settings would change nothing, or can't be published. */
  readonly next: NextTerms | null;
}) {
  const { t } = useTexts();
  const { context } = useWorld();
  const [chosen, setChosen] = useState('');
  const agentsRead = useQuery({
    queryKey: ['agents-of-limits'],
    queryFn: () => context.helpdesk.readCheckers(),
    staleTime: Infinity,
  });
  const agents = readingOf(agentsRead);
  const person = agents.kind === 'known' ? agents.value.find(({ id }) => id === chosen) : undefined;
  const byGroup = [...(terms?.tiers ?? []), ...(next?.tiers ?? [])].some(
    ({ group }) => group !== null,
  );
  const groupsRead = useQuery({
    queryKey: ['groups-of-agent', chosen, byGroup],
    queryFn: async () =>
      person && byGroup ? (await context.helpdesk.readGroupsOf(person.id)).map(({ id }) => id) : [],
    enabled: person !== undefined,
    staleTime: Infinity,
  });
  const groups = readingOf(groupsRead);
  if (agents.kind === 'reading') return <Skeleton lines={2} />;
  if (agents.kind === 'failed') return <Failed what={t('limits.whose.failed')} {...agents} />;
  const facts = all(agents, groups);
  return (
    <Stack>
      <Field>
        <Field.Label>{t('limits.whose.label')}</Field.Label>
        <Select
          isCompact
          value={chosen}
          onChange={({ target }) => {
            setChosen(target.value);
          }}
        >
          <option value="">{t('limits.whose.choose')}</option>
          {[...agents.value]
            .sort((one, other) => one.name.localeCompare(other.name))
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </Select>
      </Field>
      {person && facts.kind === 'reading' && <Skeleton lines={2} />}
      {person && facts.kind === 'failed' && <Failed what={t('limits.whose.failed')} {...facts} />}
      {person && facts.kind === 'known' && (
        <>
          {terms && (
            <Whose
              title={next ? t('limits.whose.now') : null}
              terms={terms}
              person={person}
              groups={facts.value[1]}
            />
          )}
          {next && (
            <Whose
              title={t('limits.whose.next')}
              terms={next}
              person={person}
              groups={facts.value[1]}
            />
          )}
        </>
      )}
    </Stack>
  );
}

function Whose({
  title,
  terms,
  person,
  groups,
}: {
  readonly title: string | null;
  readonly terms: Terms | NextTerms;
  readonly person: Person;
  readonly groups: readonly GroupId[];
}) {
  const texts = useTexts();
  const { t } = texts;
  const { name } = person;
  const tier = tierFor(terms, { tags: person.tags, groups });
  const isIn = terms.pilot === null || terms.pilot.includes(person.id);
  return (
    <div>
      {title !== null && <Strong>{title}</Strong>}
      <Plain>
        {isIn
          ? limitsSentence(tier?.limits ?? terms.limits, 'person', name, terms.currency, texts)
          : t('limits.whose.notInPilot', { name })}
      </Plain>
      <Quiet>
        {tier
          ? t('limits.whose.tier', { name, tier: tier.name })
          : t('limits.whose.common', { name })}
      </Quiet>
      {terms.leads.includes(person.id) && <Quiet>{t('limits.whose.lead', { name })}</Quiet>}
    </div>
  );
}
