import { type ComponentType, createContext, useContext } from 'react';
import type { Context } from '#use-cases/context.ts';
import type { Host } from '../shared/host.ts';
import type { SharedAnswers } from '../shared/shared-answers.ts';
import type { LimitsProps } from '../limits/limits-region.tsx';
import type { NewCreditProps } from './new-credit-form.tsx';

/** What the app's entry makes once, and every part of the sidebar stands on. */
export interface World {
  readonly context: Context;
  readonly host: Host;
  readonly shared: SharedAnswers;
  /** Loaded when they are first opened. */
  readonly NewCreditForm: ComponentType<NewCreditProps>;
  readonly LimitsRegion: ComponentType<LimitsProps>;
}

const WorldContext = createContext<World | null>(null);
export const WorldProvider = WorldContext.Provider;

export function useWorld(): World {
  const world = useContext(WorldContext);
  if (!world) throw new Error('useWorld outside a WorldProvider');
  return world;
}
