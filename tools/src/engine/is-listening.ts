import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { EngineEndpoint } from '@seaworthy/scenario';

/** In the flags of `/proc/net/unix`: the socket waits for connections (`__SO_ACCEPTCON`). */
const ACCEPTS = 0x10000;

/**
 * Whether the process itself answers there, and not another one that was faster. Of an address of the network, and where the
 * process may not be looked into, nobody can tell: then it is believed.
 */
export function isListening(pid: number, endpoint: EngineEndpoint): boolean {
  if (endpoint.kind !== 'socket') return true;
  try {
    const sockets = listeningAt(endpoint.path, readFileSync(`/proc/${String(pid)}/net/unix`, 'utf8'));
    const folder = `/proc/${String(pid)}/fd`;
    return readdirSync(folder).some((name) => sockets.has(target(`${folder}/${name}`)));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES';
  }
}

/** As the links of descriptors name them: `socket:[4711]`. */
function listeningAt(path: string, table: string): ReadonlySet<string> {
  const rows = table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/));
  // Num RefCount Protocol Flags Type St Inode Path
  const ours = rows.filter((row) => row[7] === path && (Number.parseInt(row[3] ?? '', 16) & ACCEPTS) !== 0);
  return new Set(ours.map((row) => `socket:[${row[6] ?? ''}]`));
}

function target(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return ''; // It was closed meanwhile.
  }
}
