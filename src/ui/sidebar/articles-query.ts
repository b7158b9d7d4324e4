import { HOUR } from '#domain/instant.ts';
import type { Context } from '#use-cases/context.ts';
import type { GuidelineArticles } from '#zendesk/helpdesk.ts';
import type { SharedAnswers } from '../shared/shared-answers.ts';
import { shared } from './ticket-queries.ts';

/** Articles change rarely: a working day. */
const SESSION = 8 * HOUR;

/** The articles with the label: one request a day serves all tickets. */
export const articlesQuery = ({ helpdesk }: Context, answers: SharedAnswers, label: string) =>
  shared<GuidelineArticles>(
    answers,
    ['articles', label],
    () => helpdesk.readGuidelineArticles(label),
    SESSION,
  );

/** Those of them that are about something, where one answer cannot hold them all. */
export const articlesAboutQuery = (
  { helpdesk }: Context,
  answers: SharedAnswers,
  label: string,
  about: string,
) =>
  shared<GuidelineArticles>(
    answers,
    ['articles', label, about],
    () => helpdesk.readGuidelineArticles(label, { about }),
    SESSION,
  );
