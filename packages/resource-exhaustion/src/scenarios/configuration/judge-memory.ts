import type { Finding, Limits } from '@seaworthy/scenario';
import type { configurationLimits } from './configuration-limits.ts';
import type { DeclaredService, SystemFacts } from './configuration-observation.ts';
import { serviceFinding } from './service-finding.ts';
import { declaredSize, sizeAsText } from './size-as-text.ts';
import { sizeAsWritten } from './size-as-written.ts';

/** Docker's own size of /dev/shm. */
const DEFAULT_SHM_BYTES = 64 * 2 ** 20;
/** What a limit is proposed as where none is known. */
const PROPOSED_BYTES = 512 * 2 ** 20;

type Values = Limits<typeof configurationLimits>;

/** Memory limit, swap, the kernel's killer, and what lies in memory. */
export function judgeMemory(
  service: DeclaredService,
  system: SystemFacts,
  limits: Values,
): readonly Finding[] {
  const { oomKillDisable } = service.limits;
  const findings = [judgeSize(service, system, limits), judgeSwap(service), judgePlaces(service)];
  if (oomKillDisable?.value === true)
    findings.push(
      serviceFinding(service, {
        code: 'LIM054',
        severity: 'error',
        message: `${service.name} is never killed for memory: it hangs instead`,
        at: oomKillDisable.at,
        cause: 'oom_kill_disable is true',
        fix: 'take the line `oom_kill_disable: true` away',
      }),
    );
  return findings.filter((finding) => finding !== undefined);
}

function judgeSize(service: DeclaredService, system: SystemFacts, limits: Values): Finding | undefined {
  const { memory } = service.limits;
  if (memory === undefined || memory.value === 0)
    return serviceFinding(service, {
      code: 'LIM050',
      severity: 'error',
      message: `${service.name} has no memory limit: it may take all ${sizeAsText(system.memoryBytes)} of the machine`,
      at: memory?.at,
      cause:
        memory === undefined
          ? 'neither mem_limit nor deploy.resources.limits.memory is set'
          : 'the limit is 0, which means none',
      fix: `write \`mem_limit: ${sizeAsWritten(PROPOSED_BYTES)}\` and \`memswap_limit: ${sizeAsWritten(PROPOSED_BYTES)}\` into the service, or what it needs`,
    });
  if (memory.value < limits.minMemory)
    return serviceFinding(service, {
      code: 'LIM051',
      severity: 'error',
      message: `${service.name} may take ${declaredSize(memory.value)} of memory, and needs at least ${declaredSize(limits.minMemory)}`,
      measured: { value: memory.value, unit: 'bytes' },
      limit: { value: limits.minMemory, unit: 'bytes', name: 'minMemory', bound: 'least' },
      at: memory.at,
      cause: memory.value < 2 ** 20 ? 'a size without a unit counts bytes' : 'the limit is too small',
      fix: `write \`mem_limit: ${sizeAsWritten(Math.max(limits.minMemory, PROPOSED_BYTES))}\``,
    });
  const room = system.memoryBytes - system.floorBytes;
  const most = Math.min(limits.maxMemory, room);
  if (memory.value <= most) return undefined;
  const machine = `the machine has ${sizeAsText(system.memoryBytes)}, of which ${sizeAsText(system.floorBytes)} must stay free`;
  return serviceFinding(service, {
    code: 'LIM052',
    severity: 'error',
    message: `${service.name} may take ${declaredSize(memory.value)} of memory, and the most that protects is ${declaredSize(most)}`,
    measured: { value: memory.value, unit: 'bytes' },
    limit: { value: most, unit: 'bytes', name: 'maxMemory', bound: 'most' },
    evidence: [machine],
    at: memory.at,
    cause: most === room ? machine : 'a limit that large is never reached by a test run that works',
    fix: `write \`mem_limit: ${sizeAsWritten(Math.min(PROPOSED_BYTES, Math.floor(most / 2 ** 20) * 2 ** 20))}\`, or what it needs at its peak and a third on top`,
  });
}

function judgeSwap(service: DeclaredService): Finding | undefined {
  const { memory, memorySwap } = service.limits;
  // Without a memory limit there is nothing that swap could be on top of.
  if (memory === undefined || memory.value === 0 || memorySwap?.value === memory.value) return undefined;
  const common = {
    code: 'LIM053',
    at: memorySwap?.at ?? memory.at,
    fix: `write \`memswap_limit: ${sizeAsWritten(memory.value)}\`, the same as the memory`,
  } as const;
  if (memorySwap?.value === -1)
    return serviceFinding(service, {
      ...common,
      severity: 'error',
      message: `${service.name} may swap without limit, beyond its ${declaredSize(memory.value)} of memory`,
      cause: 'memswap_limit is -1, which means none',
    });
  const unset = memorySwap === undefined || memorySwap.value === 0;
  if (!unset && memorySwap.value < memory.value)
    return serviceFinding(service, {
      ...common,
      code: 'LIM064',
      severity: 'error',
      message: `${service.name} may take ${declaredSize(memory.value)} of memory, and only ${declaredSize(memorySwap.value)} of memory and swap together: engines refuse to make such a container`,
      cause: 'memswap_limit counts memory and swap together, and is below the memory',
    });
  const swap = unset ? memory.value : memorySwap.value - memory.value;
  return serviceFinding(service, {
    ...common,
    severity: 'warning',
    message: `${service.name} may swap ${sizeAsText(swap)} beside its ${declaredSize(memory.value)} of memory: tests get slow before they fail`,
    cause: unset
      ? 'memswap_limit is not set, and engines allow as much swap as memory then'
      : 'memswap_limit counts memory and swap together, and is above the memory',
  });
}

/** Whether all that may lie in memory fits into the limit, with room for the programs. */
function judgePlaces(service: DeclaredService): Finding | undefined {
  const { memory, tmpfs, shm } = service.limits;
  if (memory === undefined || memory.value === 0) return undefined;
  const places = [
    ...tmpfs.map(({ path, bytes, at }) => ({ path, bytes, at })),
    ...(shm === undefined ? [] : [{ path: '/dev/shm', bytes: shm.value, at: shm.at }]),
  ];
  const sum = places.reduce((all, { bytes = 0 }) => all + bytes, 0);
  const evidence = places.map(
    ({ path, bytes }) => `${path}: ${bytes === undefined ? 'no size' : sizeAsText(bytes)}`,
  );
  const largest = places.toSorted((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0))[0];
  if (sum > memory.value)
    return serviceFinding(service, {
      code: 'LIM055',
      severity: 'error',
      message: `${service.name} may put ${sizeAsText(sum)} of files into memory, and has ${declaredSize(memory.value)}: it is killed before such a place is full`,
      measured: { value: sum, unit: 'bytes' },
      evidence,
      at: largest?.at,
      cause: 'files on tmpfs and in /dev/shm count towards the memory limit',
      fix: `give ${largest?.path ?? 'it'} a size of at most \`${sizeAsWritten(Math.max(1, Math.floor(memory.value / 4)))}\``,
    });
  const unsized = tmpfs.find(({ bytes }) => bytes === undefined);
  if (unsized === undefined) return undefined;
  return serviceFinding(service, {
    code: 'LIM055',
    severity: 'warning',
    message: `${service.name} may fill ${unsized.path} with half of the machine's memory, and is killed at ${declaredSize(memory.value)}`,
    evidence,
    at: unsized.at,
    cause: 'a tmpfs without a size is half as large as the memory of the machine',
    fix: fixOf(unsized, Math.min(DEFAULT_SHM_BYTES, memory.value / 4)),
  });
}

/** In the place of what is written: an item of a list looks like a value that stands alone. */
function fixOf({ path, isVolume }: DeclaredService['limits']['tmpfs'][number], bytes: number): string {
  const size = sizeAsWritten(Math.max(1, Math.floor(bytes)));
  return isVolume === true
    ? `write \`tmpfs: {size: ${size}}\` into the volume`
    : `write \`${path}:size=${size}\` in the place of \`${path}\``;
}
