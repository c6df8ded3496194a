import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

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

/** A line of /proc/self/mountinfo for a hierarchy of version 2. */
export function mountOfVersion2(at: string, root = '/'): string {
  return `29 23 0:26 ${root} ${at.replaceAll(' ', '\\040')} rw,nosuid,nodev,noexec,relatime shared:4 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot\n`;
}
