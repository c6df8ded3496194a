import { randomBytes } from 'node:crypto';
import type { Habitat, ProcessIdentity } from '../process/process-identity.ts';

/** What every folder, cgroup and the like that a run makes is called, or begins with. */
export function nameOfRun(runId: string): string {
  return `seaworthy-${runId}`;
}

/**
 * Says who the owner is (pid, start time, PID namespace; base 36) and is unique: even a folder that was abandoned in
 * the instant before its owner file was written can be attributed.
 */
export function createRunId(owner: ProcessIdentity, habitat: Habitat): string {
  const parts = [owner.pid, Number(owner.startTime), habitat.pidNamespace, randomBytes(5).readUIntBE(0, 5)];
  return parts.map((part) => part.toString(36)).join('-');
}

/** The run whose folder is called so, and the owner in it; `undefined` for any other name. */
export function parseRunFolderName(
  name: string,
): { readonly runId: string; readonly owner: ProcessIdentity; readonly pidNamespace: number } | undefined {
  const match = /^seaworthy-(([0-9a-z]+)-([0-9a-z]+)-([0-9a-z]+)-[0-9a-z]+)$/.exec(name);
  if (match === null) return undefined;
  const [, runId, pid, startTime, pidNamespace] = match as unknown as [
    string,
    string,
    string,
    string,
    string,
  ];
  return {
    runId,
    owner: { pid: parseInt(pid, 36), startTime: String(parseInt(startTime, 36)) },
    pidNamespace: parseInt(pidNamespace, 36),
  };
}
