/**
 * What Garden uses of lodash.get: names joined by dots
 * (vite.config.ts puts it in lodash's place).
 */
export default function getAtPath(from: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null
          ? (value as Readonly<Record<string, unknown>>)[name]
          : undefined,
      from,
    );
}
