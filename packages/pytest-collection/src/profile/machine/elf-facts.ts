import { closeSync, openSync, readSync } from 'node:fs';

export interface ElfFacts {
  /** As `uname -m` names it. */
  readonly machine: string | undefined;
  readonly libc: 'glibc' | 'musl' | undefined;
}

const MACHINES: Readonly<Record<number, string>> = {
  3: 'i686',
  40: 'armv7l',
  62: 'x86_64',
  183: 'aarch64',
  21: 'ppc64le',
  22: 's390x',
  243: 'riscv64',
};
const INTERPRETER = 3;

/** For which processor and C library a program was built; `undefined` where it is no ELF file. */
export function readElf(path: string): ElfFacts | undefined {
  try {
    const file = openSync(path, 'r');
    try {
      const head = Buffer.alloc(4096);
      return parseElf(head.subarray(0, readSync(file, head, 0, head.length, 0)));
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

/** @param head the first 4 KiB, where linkers put the program header and the path of the dynamic loader. */
export function parseElf(head: Buffer): ElfFacts | undefined {
  if (head.length < 64 || head.readUInt32BE(0) !== 0x7f454c46) return undefined;
  const wide = head[4] === 2;
  const big = head[5] === 2;
  const u16 = (at: number) => (big ? head.readUInt16BE(at) : head.readUInt16LE(at));
  const u32 = (at: number) => (big ? head.readUInt32BE(at) : head.readUInt32LE(at));
  const word = (at: number) =>
    wide ? Number(big ? head.readBigUInt64BE(at) : head.readBigUInt64LE(at)) : u32(at);

  const machine = MACHINES[u16(18)];
  const table = word(wide ? 32 : 28);
  const size = u16(wide ? 54 : 42);
  const count = u16(wide ? 56 : 44);
  for (let row = 0; row < count; row++) {
    const at = table + row * size;
    if (at + size > head.length || u32(at) !== INTERPRETER) continue;
    const from = word(at + (wide ? 8 : 4));
    const loader = head.toString('latin1', from, head.indexOf(0, from));
    return { machine, libc: loader.includes('musl') ? 'musl' : loader.includes('ld-') ? 'glibc' : undefined };
  }
  return { machine, libc: undefined };
}
