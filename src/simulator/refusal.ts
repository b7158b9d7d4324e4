/** An answer that is not the one hoped for. Thrown by handlers before they change anything. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Record<string, string>;
  constructor(status: number, body: unknown, headers: Record<string, string> = {}) {
    super(`${String(status)} ${JSON.stringify(body)}`);
    this.name = 'Refusal';
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** Zendesk's errors come in several shapes; each function below gives the one that its case has. */
export const invalidEndpoint = () =>
  new Refusal(404, {
    error: { title: 'Not Found', message: 'InvalidEndpoint' },
    description: 'Not found',
  });

export const recordNotFound = () =>
  new Refusal(404, { error: 'RecordNotFound', description: 'Not found' });

/** What a Bearer token is answered that nobody made, or that was revoked. */
export const invalidToken = () =>
  new Refusal(
    401,
    {
      error: 'invalid_token',
      error_description:
        'The access token provided is expired, revoked, malformed or invalid for other reasons.',
    },
    { 'www-authenticate': 'Bearer realm="Zendesk"' },
  );

/** A good token that was not given the right to do this. */
export const missingScope = (scope: string) =>
  new Refusal(403, {
    error: 'Forbidden',
    description: `You are missing the following required scopes: ${scope}`,
  });

export const unauthenticated = () => new Refusal(401, { error: "Couldn't authenticate you" });

export const forbidden = (
  message = 'You do not have access to this page. Please contact the account owner of this help desk for further help.',
) => new Refusal(403, { error: { title: 'Forbidden', message } });

/** `details` as Zendesk gives them: by field, a list of what is wrong with it. */
export const recordInvalid = (field: string, description: string, error = 'InvalidValue') =>
  new Refusal(422, {
    error: 'RecordInvalid',
    description: 'Record validation errors',
    details: { [field]: [{ description, error }] },
  });

export const updateConflict = () =>
  new Refusal(409, {
    error: 'UpdateConflict',
    description:
      'Safe Update prevented the update due to outdated ticket data. Please fetch the latest ticket data and try again.',
  });

/**
 * What Zendesk itself may let pass: a parameter or a body field that it does not know. The simulator
 * refuses it on purpose, because it is always a mistake of the caller.
 */
export const simulatorStrictness = (status: 400 | 422, description: string) =>
  new Refusal(status, {
    error: status === 400 ? 'InvalidParameter' : 'InvalidBody',
    description: `${description} (refused by the simulator's own strictness)`,
  });
