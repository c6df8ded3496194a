import { readProcFile } from '../../memory/process-figures.ts';

/** A socket, as the tables of the process's network name it. */
export interface SocketFacts {
  readonly state: 'connecting' | 'connected' | 'listening' | 'other';
  /** Of the other side (of a listening one: of this), such as `127.0.0.1:5432`, `[::1]:80`, `/run/x.sock`. */
  readonly address?: string;
}

const TCP_STATES: Readonly<Record<string, SocketFacts['state']>> = {
  '01': 'connected',
  '02': 'connecting',
  '0A': 'listening',
};

/** Looks for a socket by its inode in the tables that the process sees. */
export function findSocket(pid: number, inode: string): SocketFacts | undefined {
  for (const table of ['net/tcp', 'net/tcp6', 'net/udp', 'net/udp6']) {
    const found = findInternetSocket(readProcFile(pid, table) ?? '', inode);
    if (found !== undefined) return found;
  }
  return findUnixSocket(readProcFile(pid, 'net/unix') ?? '', inode);
}

/** See proc_net(5): slot, local and remote address, state, …, inode in the tenth column. */
export function findInternetSocket(table: string, inode: string): SocketFacts | undefined {
  for (const line of table.split('\n')) {
    const fields = line.trim().split(/\s+/);
    if (fields[9] !== inode) continue;
    const state = TCP_STATES[fields[3] ?? ''] ?? 'other';
    const address = readAddress((state === 'listening' ? fields[1] : fields[2]) ?? '');
    return { state, ...(address === undefined ? {} : { address }) };
  }
  return undefined;
}

/** A connected end has no name of its own; the name that it was connected to is that of another line. */
export function findUnixSocket(table: string, inode: string): SocketFacts | undefined {
  for (const line of table.split('\n')) {
    const [, , , flags, , state, found, path] = line.trim().split(/\s+/);
    if (found !== inode) continue;
    const kind = flags === '00010000' ? 'listening' : state === '02' ? 'connecting' : 'connected';
    return { state: kind, ...(path === undefined ? {} : { address: path }) };
  }
  return undefined;
}

/** Words of 32 bits in the machine's order, hexadecimal: `0100007F:1538` is 127.0.0.1:5432. */
function readAddress(text: string): string | undefined {
  const [host = '', port = ''] = text.split(':');
  const bytes = (host.match(/.{8}/g) ?? []).flatMap((word) =>
    (word.match(/../g) ?? []).reverse().map((byte) => parseInt(byte, 16)),
  );
  if (bytes.every((byte) => byte === 0) && parseInt(port, 16) === 0) return undefined;
  const v4 = bytes.length === 4 ? bytes : mappedV4(bytes);
  return `${v4 === undefined ? `[${v6Text(bytes)}]` : v4.join('.')}:${parseInt(port, 16)}`;
}

function mappedV4(bytes: readonly number[]): readonly number[] | undefined {
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  return isMapped ? bytes.slice(12) : undefined;
}

function v6Text(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, at) =>
    (((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0)).toString(16),
  );
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1);
}
