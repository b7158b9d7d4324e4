import { readFile } from 'node:fs/promises';
import { creditId } from '#domain/ids.ts';
import { UsageError } from './arguments.ts';

/** Ids of credits, one a line; what follows a `#` is a remark. @throws UsageError */
export async function readConfirmed(file: string | null): Promise<ReadonlySet<string>> {
  if (file === null) return new Set();
  const lines = (await readFile(file, 'utf8')).split(/\r?\n/);
  const ids = lines.map((line) => line.replace(/#.*/, '').trim()).filter((line) => line !== '');
  const wrong = ids.find((id) => creditId(id) === null);
  if (wrong !== undefined) {
    throw new UsageError(`${file} holds ${JSON.stringify(wrong)}, which is no credit's id`);
  }
  return new Set(ids);
}
