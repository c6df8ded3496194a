import { mkdirSync, realpathSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_END_OPTIONS, type EndOptions } from '../process/end-processes.ts';
import { identify, readHabitat } from '../process/process-identity.ts';
import { Guard } from './guard.ts';
import { type Owner, writeOwner } from './owner-file.ts';
import { createRunId, nameOfRun } from './run-id.ts';
import { RunWorkspace } from './run-workspace.ts';
import type { Workspace } from './workspace.ts';

export interface WorkspaceOptions {
  /** Where the run's folder is made; the system's folder for temporary files by default. */
  readonly temporaryFolder?: string;
  /** How long processes may take to end by themselves after SIGTERM, in ms; 500 by default. */
  readonly graceMs?: number;
}

/**
 * Makes a run's workspace and starts its guard process, without waiting for the guard to be ready. The caller disposes
 * of it (`await using`); when it cannot, because it was killed, the guard does.
 *
 * @throws where no folder can be made or no process started.
 */
export async function openWorkspace(options: WorkspaceOptions = {}): Promise<Workspace> {
  const tool = identify(process.pid);
  if (tool === undefined) throw new Error('This system does not tell which processes run on it');
  const habitat = readHabitat();
  const runId = createRunId(tool, habitat);
  const folder = join(realpathSync(options.temporaryFolder ?? tmpdir()), nameOfRun(runId));
  const end: EndOptions = { ...DEFAULT_END_OPTIONS, graceMs: options.graceMs ?? DEFAULT_END_OPTIONS.graceMs };

  const owner: Owner = { runId, tool, habitat };
  const guard = new Guard(folder, runId, (identity) => {
    try {
      writeOwner(folder, { ...owner, guard: identity });
    } catch {
      // The folder was taken away, or the disk is full: then a sweep may do the guard's work beside it, which is harmless.
    }
  });
  const identity = await guard.start();
  try {
    mkdirSync(folder, { mode: 0o700 });
    writeOwner(folder, { ...owner, guard: identity });
  } catch (error) {
    abandon(folder, guard);
    throw new Error(`Could not make the run's folder ${folder}`, { cause: error });
  }
  return new RunWorkspace({ runId, folder, guard, end });
}

function abandon(folder: string, guard: Guard): void {
  guard.handOver();
  try {
    rmdirSync(folder);
  } catch {
    // It was never made, or the guard removes it.
  }
}
