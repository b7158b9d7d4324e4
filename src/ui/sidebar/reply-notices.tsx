import type { UserId } from '#domain/ids.ts';
import { Problem } from '../shared/notice.tsx';
import { replyRefusedKeys } from '../shared/refusal-keys.ts';
import { useTexts } from '../shared/texts.ts';
import type { Replies } from './use-replies.ts';

/** Answers that look like decisions and are none, so that their authors can be told how to do it right. */
export function ReplyNotices({
  replies: { nearMisses, refused, pending },
  name,
}: {
  readonly replies: Replies;
  readonly name: (id: UserId) => string;
}) {
  const { t, money } = useTexts();
  return (
    <>
      {nearMisses.map(({ audit, by, code, credit }) => {
        const called = by === null ? t('problem.nobody') : name(by);
        const amount = credit?.offer.amount;
        return (
          <Problem
            key={`${audit}-${code}`}
            type="warning"
            title={
              credit
                ? t('reply.titleAbout', { name: called, code: credit.code })
                : t('reply.title', { name: called })
            }
          >
            {t(`reply.${code}`, {
              name: called,
              amount: amount ? money(amount.minor, amount.currency) : '',
            })}
          </Problem>
        );
      })}
      {refused.map(({ reply, why }) => (
        <Problem
          key={reply.audit}
          type="warning"
          title={t('reply.titleAbout', { name: name(reply.by), code: reply.credit.code })}
        >
          {t('reply.refused', { why: t(replyRefusedKeys[why]) })}
        </Problem>
      ))}
      {pending.map(({ audit, by, credit }) => (
        <Problem
          key={audit}
          type="warning"
          title={t('reply.titleAbout', { name: name(by), code: credit.code })}
        >
          {t('reply.pending')}
        </Problem>
      ))}
    </>
  );
}
