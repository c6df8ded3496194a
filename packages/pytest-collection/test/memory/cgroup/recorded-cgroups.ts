import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Cgroup } from '@seaworthy/cgroups';

/** Files of a cgroup hierarchy as they were read elsewhere, below a folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** memory.events of a cgroup of version 2. */
export function events(fields: { oom: number; oom_kill: number }): string {
  return `low 0\nhigh 0\nmax 31\noom ${fields.oom}\noom_kill ${fields.oom_kill}\noom_group_kill 0\n`;
}

/** memory.oom_control of version 1. */
export function oomControl(kills: number): string {
  return `oom_kill_disable 0\nunder_oom 0\noom_kill ${kills}\n`;
}

/** A cgroup that counts memory, at a folder below the top of its hierarchy. */
export function cgroupAt(version: 1 | 2, folder: string, top: string): Cgroup {
  return { version, folders: { memory: folder }, tops: { memory: top } };
}
