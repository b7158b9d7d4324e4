import { Button } from '@zendeskgarden/react-buttons';
import { useState } from 'react';
import { askedNow, type Credit } from '#domain/credit.ts';
import type { UserId } from '#domain/ids.ts';
import type { Slot } from '#domain/slot.ts';
import type { Terms } from '#domain/terms.ts';
import { droppedFrom } from '#use-cases/candidates.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import { valueOf } from '../shared/reading.ts';
import { Quiet, Row, Skeleton, Stack } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { CosignerField } from './cosigner-field.tsx';
import { useCandidates } from './use-candidates.ts';
import { useWorld } from './world.ts';

export interface AskOtherProps {
  readonly credit: Credit;
  readonly terms: Terms;
  readonly people: ReadonlyMap<UserId, Person>;
  /** Of the credit's maker, as far as they were read. */
  readonly makerSlots: readonly Slot[];
  readonly leadsOnly: boolean;
  /** How many approvals are still missing. */
  readonly missing: number;
  readonly disabled: boolean;
  readonly onAsk: (asked: readonly Person[]) => void;
  readonly onCancel: () => void;
}

/** Puts a credit that waits to other colleagues: beside those asked, or in their place. */
export default function AskOther({
  credit,
  terms,
  people,
  makerSlots,
  leadsOnly,
  missing,
  disabled,
  onAsk,
  onCancel,
}: AskOtherProps) {
  const { t, list } = useTexts();
  const { Failed } = useWorld();
  const { offer, code, signatures } = credit;
  const before = askedNow(credit).filter((id) => signatures.every(({ by }) => by !== id));
  const [chosen, setChosen] = useState(() =>
    before.map((id) => people.get(id)).filter((person) => person !== undefined),
  );
  const [showProblem, setShowProblem] = useState(false);
  const colleagues = useCandidates({
    known: people,
    leadsOnly,
    terms,
    makerSlots,
    maker: offer.maker,
    customer: offer.customer,
    choosing: true,
  });
  if (colleagues.list.kind === 'reading') return <Skeleton lines={3} />;
  if (colleagues.list.kind === 'failed') {
    return <Failed what={t('form.cosignersFailed')} {...colleagues.list} />;
  }
  const signed = signatures.map(({ by }) => by);
  const candidates = (valueOf(colleagues.list) ?? []).filter(
    ({ person }) => !signed.includes(person.id),
  );
  const can = (person: Person): boolean =>
    candidates.some((each) => each.person.id === person.id && each.hindrance === null);
  const asked = chosen.filter(can);
  const added = asked.filter(({ id }) => !before.includes(id));
  const left = before
    .filter((id) => asked.every((person) => person.id !== id))
    .map((id) => people.get(id)?.name ?? id);
  const problem =
    added.length === 0
      ? t('askOther.nobodyNew')
      : asked.length < missing
        ? t('form.cosignerMissing', { count: missing - asked.length })
        : null;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === null) onAsk(asked);
        else setShowProblem(true);
      }}
    >
      <Stack>
        <CosignerField
          candidates={candidates}
          asked={asked}
          // Peers whom a lead's decision needs no more are named below, as those who were removed are.
          dropped={droppedFrom(chosen, candidates, false)}
          enough={added.length === 0 ? asked.length + 1 : missing}
          hint={t(leadsOnly ? 'askOther.hintLead' : 'askOther.hint')}
          problem={showProblem ? problem : null}
          more={colleagues.more}
          searching={colleagues.searching}
          onType={colleagues.search}
          isSettled={colleagues.isSettled}
          onAdd={(person) => {
            setChosen([...chosen, person]);
          }}
          onRemove={(person) => {
            setChosen(chosen.filter(({ id }) => id !== person.id));
          }}
        />
        {left.length > 0 && (
          <Quiet>{t('askOther.left', { people: list(left), count: left.length })}</Quiet>
        )}
        <Row>
          <Button type="submit" size="small" isPrimary disabled={disabled}>
            {t('action.askConfirm', { code })}
          </Button>
          <Button size="small" isBasic onClick={onCancel} disabled={disabled}>
            {t('action.cancel')}
          </Button>
        </Row>
      </Stack>
    </form>
  );
}
