import { dirname, join } from 'node:path';
import type { ServiceChange } from './configuration-plan.ts';

/** A compose file that is nowhere on the disk, and its text. */
export interface Overlay {
  readonly file: string;
  readonly text: string;
}

/** A change as an override file in the place where `docker compose` looks for one. */
export function overlayFor(change: ServiceChange, service: string, composeFile: string): Overlay {
  const lines: string[] = [];
  const limits: string[] = [];
  const set = (key: string, below: string | undefined, value: number | null | undefined): void => {
    if (value === undefined) return;
    // What stands below deploy would contradict the new value.
    if (below !== undefined) limits.push(`          ${below}: !reset null`);
    lines.push(value === null ? `    ${key}: !reset null` : `    ${key}: ${String(value)}`);
  };
  set('mem_limit', 'memory', change.memory);
  set('memswap_limit', undefined, change.memorySwap);
  set('pids_limit', 'pids', change.pids);
  if (change.oomKillDisable === true) lines.push('    oom_kill_disable: true');
  if (change.tmpfs !== undefined) {
    const { path, bytes } = change.tmpfs;
    lines.push(`    tmpfs: ["${path}:size=${String(bytes)}"]`);
  }
  if (limits.length > 0) lines.push('    deploy:', '      resources:', '        limits:', ...limits);
  return {
    file: join(dirname(composeFile), 'seaworthy-fault.yaml'),
    text: ['services:', `  ${JSON.stringify(service)}:`, ...lines, ''].join('\n'),
  };
}
