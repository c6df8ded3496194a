import { cpus, release, totalmem, type } from 'node:os';

/** The machine for people who read a record: never what limits are made of, since those of cgroups are not in it. */
export interface HostDescription {
  /** Such as `Debian GNU/Linux 12 (bookworm)`. */
  readonly system: string;
  /** Such as `6.1.0-18-amd64`. */
  readonly kernel: string;
  readonly processor: string;
  readonly cores: number;
  /** Bytes of the whole machine, whatever this process may have of it. */
  readonly memoryBytes: number;
  /** Such as `KVM`; absent on bare metal, and where it does not show. */
  readonly virtualisation?: string;
}

/** Takes some 100 ms: the library asks programs of the system. What it cannot find out comes from Node. */
export async function describeHost(): Promise<HostDescription> {
  const { default: library } = await import('systeminformation');
  const [os, cpu, system] = await Promise.all([
    library.osInfo().catch(() => undefined),
    library.cpu().catch(() => undefined),
    library.system().catch(() => undefined),
  ]);
  const name = [os?.distro, os?.release, os?.codename ? `(${os.codename})` : ''].filter(Boolean).join(' ');
  const processor = [cpu?.manufacturer, cpu?.brand].filter(Boolean).join(' ');
  const model = cpus()[0]?.model ?? '';
  const virtual = system?.virtual === true ? system.virtualHost || system.model || 'yes' : undefined;
  return {
    system: name === '' || os?.distro === 'unknown' ? type() : name,
    kernel: os?.kernel ? os.kernel : release(),
    processor: processor === '' ? model : processor,
    cores: cpus().length,
    memoryBytes: totalmem(),
    ...(virtual === undefined ? {} : { virtualisation: virtual }),
  };
}
