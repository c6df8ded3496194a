export interface ProcessorEvidence {
  /** Text of `/proc/cpuinfo`; empty where it cannot be read. */
  readonly cpuinfo: string;
  /** What the kernel says it is (`uname -m`); an emulator lies here. */
  readonly machine: string;
  /** What the interpreter was built for. */
  readonly program: string | undefined;
}

/** The same processor by its family: a 32-bit program on a 64-bit processor of its own family is not emulated. */
const FAMILIES: Readonly<Record<string, string>> = {
  x86_64: 'x86',
  amd64: 'x86',
  i386: 'x86',
  i686: 'x86',
  aarch64: 'arm',
  arm64: 'arm',
  armv7l: 'arm',
  armv8l: 'arm',
};

/** Why one must think that the interpreter runs on an emulated processor; `undefined` where it runs on the real one. */
export function emulationOf({ cpuinfo: info, machine, program }: ProcessorEvidence): string | undefined {
  const family = (name: string) => FAMILIES[name] ?? name;
  if (program !== undefined && family(program) !== family(machine)) {
    return `the interpreter was built for ${program}, the kernel runs on ${machine}`;
  }
  if (/VirtualApple/.test(info)) return '/proc/cpuinfo names a VirtualApple processor: Rosetta';
  if (/^model name\s*:.*QEMU TCG/im.test(info)) return '/proc/cpuinfo names the QEMU TCG processor';
  // qemu's user mode shows the host's own cpuinfo.
  const real = /^CPU implementer/m.test(info)
    ? 'arm'
    : /^vendor_id\s*:\s*\w*(Intel|AMD)/m.test(info)
      ? 'x86'
      : undefined;
  if (real === undefined || real === family(machine) || !['arm', 'x86'].includes(family(machine)))
    return undefined;
  return `uname says ${machine}, /proc/cpuinfo shows an ${real === 'arm' ? 'ARM' : 'x86'} processor`;
}
