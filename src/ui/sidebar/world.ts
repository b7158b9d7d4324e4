import { type ComponentType, createContext, useContext } from 'react';
import type { fold } from '#domain/fold.ts';
import type { citeReplies } from '#use-cases/cite-replies.ts';
import type { Context } from '#use-cases/context.ts';
import type { ShownSettings } from '#use-cases/shown-settings.ts';
import type { peopleOfTicket } from '#use-cases/ticket-people.ts';
import type { takeStep } from '#use-cases/take-step.ts';
import type { LimitsProps } from '../limits/limits-region.tsx';
import type { FailedProps } from '../shared/failed.tsx';
import type { Host } from '../shared/host.ts';
import type { SharedAnswers } from '../shared/shared-answers.ts';
import type { SharedPause } from '../shared/shared-pause.ts';
import type { AskOtherProps } from './ask-other.tsx';
import type { NewCreditProps } from './new-credit-form.tsx';
import type { ReasonFormProps } from './reason-form.tsx';
import type { TicketPartsProps } from './ticket-parts.tsx';

/**
 * What the app's entry makes once, and every part of the sidebar stands on. What the first screen
 * does without is loaded when it is needed: only the entry knows how.
 */
export interface World {
  readonly context: Context;
  readonly host: Host;
  readonly shared: SharedAnswers;
  readonly pause: SharedPause;
  readonly settings: Promise<ShownSettings>;
  /** What judges a ticket's journal. */
  readonly rules: Promise<{
    readonly fold: typeof fold;
    readonly peopleOfTicket: typeof peopleOfTicket;
  }>;
  readonly takeStep: typeof takeStep;
  readonly citeReplies: typeof citeReplies;
  readonly Failed: ComponentType<FailedProps>;
  readonly Outdated: ComponentType<Omit<FailedProps, 'what'>>;
  readonly NewCreditForm: ComponentType<NewCreditProps>;
  readonly TicketParts: ComponentType<TicketPartsProps>;
  readonly AskOther: ComponentType<AskOtherProps>;
  readonly ReasonForm: ComponentType<ReasonFormProps>;
  readonly LimitsRegion: ComponentType<LimitsProps>;
}

const WorldContext = createContext<World | null>(null);
export const WorldProvider = WorldContext.Provider;

export function useWorld(): World {
  const world = useContext(WorldContext);
  if (!world) throw new Error('useWorld outside a WorldProvider');
  return world;
}
