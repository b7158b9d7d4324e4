import type { FittingGuideline } from '#domain/guidelines.ts';
import type { BandReason, Decision } from '#domain/policy.ts';
import type { Minor } from '#domain/money.ts';
import type { Terms } from '#domain/terms.ts';
import { Plain, Quiet } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';

/** A limit that is exceeded says all that the limits below it say. */
const says: Partial<Readonly<Record<BandReason, readonly BandReason[]>>> = {
  'above-hard-limit': ['above-cosign-limit', 'above-self-limit'],
  'above-cosign-limit': ['above-self-limit'],
};

const BY_GUIDELINES: readonly BandReason[] = ['exception', 'guideline-lead'];

/** Why the credit needs whom it needs, as one types. */
export function BandReasons({
  decision: { band, reasons, limits },
  terms,
  amountKnown,
  overBy,
  against,
}: {
  readonly decision: Decision;
  readonly terms: Terms;
  readonly amountKnown: boolean;
  readonly overBy: Minor;
  /** Guidelines of the settings that the credit goes against. */
  readonly against: readonly FittingGuideline[];
}) {
  const { t, money } = useTexts();
  const amount = (minor: Minor | undefined): string =>
    minor === undefined ? '' : money(minor, terms.currency);
  // Without an amount only what holds for any amount can be said.
  if (!amountKnown && band !== 'refused') return null;
  if (band === 'self') return <Quiet>{t('form.alone')}</Quiet>;
  return (
    <div>
      {band === 'refused' && <Plain>{t('form.refused')}</Plain>}
      {against.map(({ guideline: { key, title, strength } }) => (
        <Quiet key={key}>
          {t(strength === 'lead' ? 'band.against.lead' : 'band.against.cosign', { title })}
        </Quiet>
      ))}
      {reasons
        // The guidelines have said it already.
        .filter((reason) => !BY_GUIDELINES.includes(reason) || against.length === 0)
        .filter((reason) => !reasons.some((other) => says[other]?.includes(reason)))
        .map((reason) => (
          <Quiet key={reason}>
            {t(
              reason === 'above-self-limit' && limits?.self === 0
                ? 'band.no-self-limit'
                : `band.${reason}`,
              {
                limit: amount(
                  reason === 'above-self-limit'
                    ? limits?.self
                    : reason === 'above-cosign-limit'
                      ? limits?.cosign
                      : limits?.hard,
                ),
                over: amount(overBy),
                cap: amount(terms.customerCap),
                days: terms.customerCapDays,
              },
            )}
          </Quiet>
        ))}
    </div>
  );
}
