import { randomBytes } from 'node:crypto';
import { readdir, readFile, rename, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as v from 'valibot';
import { failedWith, writeNewFile } from './durable-files.ts';

/** Held until released, or until its process is gone. */
export type RunLock =
  | { readonly kind: 'held'; release(): Promise<void> }
  | { readonly kind: 'busy'; /** Who has it, and which file says so. */ readonly holder: string };

const wireOwner = v.strictObject({
  host: v.string(),
  pid: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  /** Ticks of the machine at which the process began; null where the system does not tell. */
  began: v.nullable(v.string()),
});

type Owner = v.InferOutput<typeof wireOwner>;

/** A claimant that is turned away goes at once; who is first waits this long for it to be gone. */
const PATIENCE = { times: 40, pauseMs: 25 };

/**
 * Claims a file for one run. Each claimant puts down a lock file of its own name and then looks who
 * else has: of two, at least the later sees the other. One shared name would have to be removed when
 * its owner died, and who removes it may meet the one that somebody else has just put there instead;
 * a name that is used once can be removed by anybody. Between two that came together the smaller
 * name wins. The owner's process id and beginning tell a dead owner's file, on the same machine.
 */
export async function claimRun(file: string): Promise<RunLock> {
  const mine = `${path.basename(file)}.lock-${String(process.pid)}-${randomBytes(6).toString('hex')}`;
  const folder = path.dirname(file);
  const own = path.join(folder, mine);
  await putDown(own);
  const release = () => unlink(own);
  for (let time = 0; ; time += 1) {
    const others = await liveLocks(folder, `${path.basename(file)}.lock-`, mine);
    const [other] = others;
    if (other === undefined) return { kind: 'held', release };
    const first = others.every(({ name }) => mine < name);
    if (!first || time === PATIENCE.times) {
      await release();
      return { kind: 'busy', holder: `process ${other.owner}, lock file ${other.name}` };
    }
    await wait(PATIENCE.pauseMs);
  }
}

/** Under a temporary name first: a lock file that can be seen is whole. */
async function putDown(own: string): Promise<void> {
  const owner: Owner = {
    host: hostname(),
    pid: process.pid,
    began: await beginningOf(process.pid),
  };
  const draft = path.join(path.dirname(own), `.${path.basename(own)}`);
  await writeNewFile(draft, JSON.stringify(owner));
  await rename(draft, own);
}

interface LiveLock {
  readonly name: string;
  readonly owner: string;
}

async function liveLocks(
  folder: string,
  prefix: string,
  mine: string,
): Promise<readonly LiveLock[]> {
  const live: LiveLock[] = [];
  for (const name of (await readdir(folder)).sort()) {
    if (!name.startsWith(prefix) || name === mine) continue;
    const owner = await ownerIn(path.join(folder, name));
    if (owner === 'gone') continue;
    if (owner !== 'unreadable' && (await isDead(owner))) {
      await unlink(path.join(folder, name)).catch(ignoreAbsence);
      continue;
    }
    const who = owner === 'unreadable' ? 'unknown' : `${String(owner.pid)} on ${owner.host}`;
    live.push({ name, owner: who });
  }
  return live;
}

async function ownerIn(file: string): Promise<Owner | 'gone' | 'unreadable'> {
  try {
    return v.parse(wireOwner, JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    return failedWith(error, 'ENOENT') ? 'gone' : 'unreadable';
  }
}

/** Of another machine nothing is known: its lock stands until a person removes it. */
async function isDead({ host, pid, began }: Owner): Promise<boolean> {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return failedWith(error, 'ESRCH');
  }
  // Process ids are given out again; a container's first process always has the same.
  return began !== null && (await beginningOf(pid)) !== began;
}

/** Where the process's start time stands in Linux' `/proc/<pid>/stat`, counted behind its name. */
const START_TIME = 19;

async function beginningOf(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8');
    // The name may hold spaces and brackets.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[START_TIME] ?? null;
  } catch {
    return null;
  }
}

function ignoreAbsence(error: unknown): void {
  if (!failedWith(error, 'ENOENT')) throw error;
}
