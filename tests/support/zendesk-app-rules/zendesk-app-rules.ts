import type { AppPackage, Violation } from './app-package.ts';
import { fileViolations, secretViolations } from './files.ts';
import { manifestViolations } from './manifest.ts';
import { requirementsViolations } from './requirements.ts';
import { translationViolations } from './translations.ts';

/**
 * Every rule of Zendesk's for an uploaded app that `app` breaks, warnings included. Written from
 * Zendesk's public validator and documentation, so that no upload is needed to learn of a mistake.
 */
export function violationsOf(app: AppPackage): Violation[] {
  return [
    ...manifestViolations(app),
    ...translationViolations(app),
    ...requirementsViolations(app),
    ...fileViolations(app),
    ...secretViolations(app),
  ];
}
