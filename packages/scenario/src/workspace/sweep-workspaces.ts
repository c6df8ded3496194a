import { lstatSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_END_OPTIONS } from '../process/end-processes.ts';
import {
  isAlive,
  isExactBootId,
  readHabitat,
  type Habitat,
  type ProcessIdentity,
} from '../process/process-identity.ts';
import { OWNER_FILE, readOwner } from './owner-file.ts';
import { removeRun } from './remove-run.ts';
import { parseRunFolderName } from './run-id.ts';

export interface SweepOptions {
  /** Where runs made their folders; the system's folder for temporary files by default. */
  readonly temporaryFolder?: string;
  readonly graceMs?: number;
}

export interface SweepReport {
  /** Folders of runs that were left over and are gone now, with everything that belonged to them. */
  readonly removed: readonly string[];
  readonly processesEnded: number;
  /** Folders that look like a run's and were left alone, and why. */
  readonly left: readonly { readonly folder: string; readonly reason: string }[];
}

/**
 * Removes what is left of runs whose tool and guard are both gone: after a power cut, or when both were killed. A run
 * that lives, a folder without our owner file, another user's folder and a symbolic link are left alone. Never throws
 * for a single folder; says in the report what was left and why.
 */
export async function sweepWorkspaces(options: SweepOptions = {}): Promise<SweepReport> {
  const parent = options.temporaryFolder ?? tmpdir();
  const here = readHabitat();
  const removed: string[] = [];
  const left: { folder: string; reason: string }[] = [];
  let processesEnded = 0;
  for (const name of readdirSync(parent)) {
    const run = parseRunFolderName(name);
    if (run === undefined) continue;
    const folder = join(parent, name);
    const reason = whyNotOurs(folder) ?? whyNotOver(folder, run, here);
    if (reason !== undefined) {
      left.push({ folder, reason });
      continue;
    }
    const { failures, ...report } = await removeRun(folder, run.runId, {
      ...DEFAULT_END_OPTIONS,
      graceMs: options.graceMs ?? DEFAULT_END_OPTIONS.graceMs,
      trustLeaderlessGroups: false,
    }).catch((error: unknown) => ({ processesEnded: 0, failures: [error as Error] }));
    processesEnded += report.processesEnded;
    if (failures.length === 0) removed.push(folder);
    else left.push({ folder, reason: failures.map((failure) => failure.message).join('; ') });
  }
  return { removed, processesEnded, left };
}

/** In a folder for temporary files that all users share, a name proves nothing. */
function whyNotOurs(folder: string): string | undefined {
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  if (stat?.isDirectory() !== true) return 'it is not a folder';
  if (stat.uid !== process.getuid?.()) return 'it belongs to another user';
  if ((stat.mode & 0o077) !== 0) return 'other users may enter it';
  return undefined;
}

function whyNotOver(
  folder: string,
  run: NonNullable<ReturnType<typeof parseRunFolderName>>,
  here: Habitat,
): string | undefined {
  const owner = readOwner(folder);
  if (owner === undefined) return whyNotAbandoned(folder, run, here);
  if (owner.runId !== run.runId) return 'its owner file is that of another run';
  if (owner.habitat.host !== here.host) return `its run was started on ${owner.habitat.host}`;
  const boots = [owner.habitat.bootId, here.bootId];
  // Of two that are drawn by lot the difference proves it; a time may have been corrected, so its run may live.
  if (boots[0] !== boots[1] && boots.every(isExactBootId)) return undefined;
  if (owner.habitat.pidNamespace !== here.pidNamespace) return 'its run was started in another container';
  return whyAlive(owner.tool, owner.guard);
}

/** A tool and a guard that were killed in the instant when the folder was made leave at most a torn owner file. */
function whyNotAbandoned(
  folder: string,
  run: NonNullable<ReturnType<typeof parseRunFolderName>>,
  here: Habitat,
): string | undefined {
  const names = readdirSync(folder);
  if (names.some((name) => name !== `${OWNER_FILE}.new`)) return 'it has no owner file of ours';
  if (run.pidNamespace !== here.pidNamespace) return 'its run was started in another container';
  return whyAlive(run.owner, undefined);
}

function whyAlive(tool: ProcessIdentity, guard: ProcessIdentity | undefined): string | undefined {
  if (isAlive(tool)) return `its run is alive (process ${tool.pid})`;
  if (guard !== undefined && isAlive(guard)) return `its guard is still at work (process ${guard.pid})`;
  return undefined;
}
