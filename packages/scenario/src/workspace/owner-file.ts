import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Habitat, ProcessIdentity } from '../process/process-identity.ts';

export const OWNER_FILE = 'owner.json';

/** Who made a run's folder, and who looks after it. */
export interface Owner {
  readonly runId: string;
  readonly tool: ProcessIdentity;
  /** Absent while a guard that died has no successor yet. */
  readonly guard?: ProcessIdentity;
  readonly habitat: Habitat;
}

/** Replaces the file in one step, so that whoever reads it sees the old or the new one. */
export function writeOwner(folder: string, owner: Owner): void {
  const fresh = join(folder, `${OWNER_FILE}.new`);
  writeFileSync(fresh, JSON.stringify(owner), { mode: 0o600 });
  renameSync(fresh, join(folder, OWNER_FILE));
}

/** `undefined` where there is no owner file or it is not one of ours. */
export function readOwner(folder: string): Owner | undefined {
  try {
    const owner = JSON.parse(readFileSync(join(folder, OWNER_FILE), 'utf8')) as Partial<Owner> | null;
    const complete =
      typeof owner?.runId === 'string' &&
      isIdentity(owner.tool) &&
      (owner.guard === undefined || isIdentity(owner.guard)) &&
      typeof owner.habitat?.bootId === 'string' &&
      typeof owner.habitat.host === 'string' &&
      typeof owner.habitat.pidNamespace === 'number';
    return complete ? (owner as Owner) : undefined;
  } catch {
    return undefined;
  }
}

function isIdentity(value: Partial<ProcessIdentity> | undefined): boolean {
  return typeof value?.pid === 'number' && typeof value.startTime === 'string';
}
