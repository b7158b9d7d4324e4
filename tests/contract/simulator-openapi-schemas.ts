import { readFileSync } from 'node:fs';
import { default as addFormats } from 'ajv-formats';
import { Ajv, type ErrorObject } from 'ajv';
import { parse } from 'yaml';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

/** Which side of an exchange a schema is for: each hides the other's properties. */
type Side = 'request' | 'answer';

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

const keywords = new Set([
  'type',
  'properties',
  'items',
  'required',
  'enum',
  'allOf',
  'anyOf',
  'oneOf',
  'additionalProperties',
  'format',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'pattern',
  '$ref',
]);

/** OpenAPI 3.0 writes `nullable: true`; JSON Schema has the type `null`. */
function orNull(schema: JsonObject): JsonObject {
  return { anyOf: [schema, { type: 'null' }] };
}

interface Reading {
  side: Side;
  /** Properties that real answers have and the description leaves out, by schema name. */
  undescribed: Record<string, readonly string[]>;
}

/**
 * An OpenAPI 3.0 schema as JSON Schema. Objects with properties are closed, so that a property
 * which the description does not know is found, except inside `allOf` and `anyOf`, where closing
 * one part would refuse the others'. In answers, a property that is not required may be null: the
 * description's own examples have nulls where it does not say `nullable`.
 */
function convert(
  schema: Json | undefined,
  name: string,
  reading: Reading,
  part = false,
): JsonObject {
  const source = asObject(schema);
  if (typeof source['$ref'] === 'string') {
    const target = source['$ref'].split('/').at(-1) ?? '';
    return { $ref: `#/definitions/${target}` };
  }
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(source)) {
    if (keywords.has(key)) result[key] = value;
  }
  if (result['format'] === 'datetime') result['format'] = 'date-time';
  for (const key of ['allOf', 'anyOf', 'oneOf']) {
    const parts = source[key];
    if (Array.isArray(parts)) result[key] = parts.map((one) => convert(one, name, reading, true));
  }
  if (isObject(source['items'])) result['items'] = convert(source['items'], '', reading);
  if (isObject(source['additionalProperties'])) {
    result['additionalProperties'] = convert(source['additionalProperties'], '', reading);
  }
  if (isObject(source['properties'])) {
    const required = Array.isArray(source['required']) ? source['required'] : [];
    const hidden = reading.side === 'request' ? 'readOnly' : 'writeOnly';
    const shown = Object.entries(source['properties']).filter(
      ([, property]) => asObject(property)[hidden] !== true,
    );
    const properties: JsonObject = Object.fromEntries(
      shown.map(([key, property]) => {
        const converted = convert(property, '', reading);
        const nullable = reading.side === 'answer' && !required.includes(key);
        return [key, nullable ? orNull(converted) : converted];
      }),
    );
    for (const extra of reading.undescribed[name] ?? []) properties[extra] ??= {};
    result['properties'] = properties;
    result['required'] = required.filter((key) => typeof key === 'string' && key in properties);
    // What is required of a new thing is not required of a change to it.
    if (reading.side === 'request') delete result['required'];
    if (!part && source['additionalProperties'] === undefined && !('allOf' in source)) {
      result['additionalProperties'] = false;
    }
  }
  return source['nullable'] === true ? orNull(result) : result;
}

export interface ApiDescription {
  /** Whether the description has this operation at all. */
  has(method: string, path: string): boolean;
  /** Names of its query parameters. */
  parameters(method: string, path: string): string[];
  /** What is wrong with a request's body; empty when nothing is. */
  requestFaults(method: string, path: string, body: unknown): string[];
  /** What is wrong with an answer; empty when nothing is. */
  answerFaults(method: string, path: string, status: number, body: unknown): string[];
}

function told(errors: ErrorObject[] | null | undefined): string[] {
  return (errors ?? []).map((error) => {
    const extra = error.params as { additionalProperty?: string };
    const which = extra.additionalProperty === undefined ? '' : ` (${extra.additionalProperty})`;
    return `${error.instancePath || '/'} ${error.message ?? ''}${which}`;
  });
}

/**
 * Reads an OpenAPI 3.0 file. `undescribed` names properties that the description leaves out, and
 * `instead` schemas that another one describes better.
 */
export function readDescription(
  file: string,
  undescribed: Record<string, readonly string[]>,
  instead: Record<string, string> = {},
): ApiDescription {
  const document = asObject(parse(readFileSync(file, 'utf8')) as Json);
  const components = asObject(document['components']);
  const schemas = asObject(components['schemas']);
  for (const [name, better] of Object.entries(instead)) schemas[name] = schemas[better] ?? null;
  const paths = asObject(document['paths']);

  const validators = new Map<string, ReturnType<Ajv['compile']>>();
  const definitions = (side: Side): JsonObject =>
    Object.fromEntries(
      Object.entries(schemas).map(([name, schema]) => [
        name,
        convert(schema, name, { side, undescribed }),
      ]),
    );
  const sides: Record<Side, { ajv: Ajv; definitions: JsonObject }> = {
    request: {
      ajv: new Ajv({ strict: false, allErrors: true }),
      definitions: definitions('request'),
    },
    answer: {
      ajv: new Ajv({ strict: false, allErrors: true }),
      definitions: definitions('answer'),
    },
  };
  for (const { ajv } of Object.values(sides)) addFormats(ajv);

  function faults(side: Side, key: string, schema: Json | undefined, value: unknown): string[] {
    let validate = validators.get(`${side} ${key}`);
    if (validate === undefined) {
      const converted = convert(schema, '', { side, undescribed });
      validate = sides[side].ajv.compile({ ...converted, definitions: sides[side].definitions });
      validators.set(`${side} ${key}`, validate);
    }
    return validate(value) ? [] : told(validate.errors);
  }

  const operationAt = (method: string, path: string): JsonObject | undefined => {
    const operation = asObject(paths[path])[method.toLowerCase()];
    return isObject(operation) ? operation : undefined;
  };
  const jsonSchemaOf = (holder: Json | undefined): Json | undefined =>
    asObject(asObject(asObject(holder)['content'])['application/json'])['schema'];

  return {
    has: (method, path) => operationAt(method, path) !== undefined,
    parameters(method, path) {
      const own = operationAt(method, path)?.['parameters'] ?? [];
      const shared = asObject(paths[path])['parameters'] ?? [];
      return [...(Array.isArray(own) ? own : []), ...(Array.isArray(shared) ? shared : [])].map(
        (parameter) => {
          const reference = asObject(parameter)['$ref'];
          const target =
            typeof reference === 'string'
              ? asObject(components['parameters'])[reference.split('/').at(-1) ?? '']
              : parameter;
          return String(asObject(target)['name']);
        },
      );
    },
    requestFaults(method, path, body) {
      const schema = jsonSchemaOf(operationAt(method, path)?.['requestBody']);
      if (schema === undefined) return ['the description knows no body here'];
      return faults('request', `${method} ${path}`, schema, body);
    },
    answerFaults(method, path, status, body) {
      const responses = asObject(operationAt(method, path)?.['responses']);
      const response = responses[String(status)];
      if (response === undefined) {
        return [`status ${String(status)} is not described, only ${Object.keys(responses).join()}`];
      }
      const schema = jsonSchemaOf(response);
      if (schema === undefined) return body === undefined ? [] : ['a body is not described'];
      return faults('answer', `${method} ${path} ${String(status)}`, schema, body);
    },
  };
}
