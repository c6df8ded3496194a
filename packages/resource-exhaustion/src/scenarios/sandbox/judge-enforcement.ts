import type { Finding, Judgement } from '@seaworthy/scenario';
import type { SandboxLimits, Tier } from '../../model/sandbox.ts';
import { bytesAsText } from './amounts.ts';
import type { ObservedDifference, ObservedSandbox } from './observed-sandbox.ts';

type LimitName = keyof SandboxLimits;

const WORDS: Readonly<Record<LimitName, string>> = {
  memoryBytes: 'memory',
  cpus: 'CPU',
  pids: 'process',
  descriptors: 'descriptor',
  diskBytes: 'disk',
};

/** Where only the kernel's limits for single processes, or nothing at all, enforce a limit. */
const WEAK: readonly Tier[] = ['rlimit', 'self-limited'];

/** Which of a scenario's limits are in force as they were declared. Without findings and reasons, all of them are. */
export function judgeEnforcement(sandbox: ObservedSandbox, names: readonly LimitName[]): Required<Judgement> {
  const findings: Finding[] = [];
  const inconclusive =
    sandbox.lost === null ? [] : [`The sandbox (${sandbox.name}) ended before its time: ${sandbox.lost}`];
  for (const name of names) {
    const declared = sandbox.declared[name];
    const effective = sandbox.effective[name];
    const difference = sandbox.differences.find((one) => isAbout(one, name));
    if (effective === undefined && WEAK.includes(sandbox.tier)) {
      inconclusive.push(
        `The ${WORDS[name]} limit cannot be enforced here: it was tried in ${sandbox.name} (tier ${sandbox.tier}); with a container engine, or a cgroup that may be written to, it can.`,
      );
    } else if (effective === undefined || difference !== undefined) {
      findings.push(notInForce(sandbox, name, declared, effective, difference));
    }
  }
  return { findings, inconclusive };
}

/** Whether pressure may be made: every limit that the scenario rests on is in force. */
export function isEnforced(sandbox: ObservedSandbox, names: readonly LimitName[]): boolean {
  const { findings, inconclusive } = judgeEnforcement(sandbox, names);
  return findings.length === 0 && inconclusive.length === 0;
}

function isAbout({ name }: ObservedDifference, limit: LimitName): boolean {
  if (limit === 'memoryBytes') return name === 'memoryBytes' || name === 'memorySwapBytes';
  if (limit === 'descriptors') return name === 'ulimit nofile' || name === 'descriptors';
  if (limit === 'diskBytes') return name.startsWith('tmpfs') || name === 'diskBytes';
  return name === limit;
}

function notInForce(
  sandbox: ObservedSandbox,
  name: LimitName,
  declared: number,
  effective: number | undefined,
  difference: ObservedDifference | undefined,
): Finding {
  const asked = difference?.declared ?? declared;
  const found = difference === undefined ? (effective ?? null) : difference.effective;
  const what = difference?.name === 'memorySwapBytes' ? 'memory and swap' : WORDS[name];
  const isNone = found === null || found === false;
  return {
    code: 'LIM000',
    severity: 'error',
    message: isNone
      ? `A ${what} limit of ${asText(name, asked)} was declared, and none is in force`
      : `A ${what} limit of ${asText(name, asked)} was declared, and ${asText(name, found)} is in force`,
    ...(typeof found === 'number'
      ? {
          measured: { value: found, unit: unitOf(name) },
          limit: {
            name: 'declared',
            value: typeof asked === 'number' ? asked : declared,
            unit: unitOf(name),
            bound: 'most',
          },
        }
      : {}),
    evidence: [`read back from the kernel in ${sandbox.name} (tier ${sandbox.tier})`],
    cause: {
      text:
        sandbox.tier === 'container'
          ? 'the engine started the container without an error and did not set this limit'
          : 'the kernel did not take this limit over',
      certainty: 'certain',
    },
    fix: { text: FIXES[name] },
  };
}

const FIXES: Readonly<Record<LimitName, string>> = {
  memoryBytes:
    'Make the engine enforce it (see the warnings of `docker info`), and declare it: `mem_limit: 512m` and `memswap_limit: 512m` in the compose file, `docker run --memory 512m --memory-swap 512m`',
  cpus: 'Make the engine enforce it (see the warnings of `docker info`), and declare it: `cpus: 0.5` in the compose file, `docker run --cpus 0.5`',
  pids: 'Declare it: `pids_limit: 256` in the compose file, `docker run --pids-limit 256`',
  descriptors:
    'Declare it: `ulimits: {nofile: 1024}` in the compose file, `docker run --ulimit nofile=1024:1024`',
  diskBytes:
    'Give the place a size: `tmpfs: ["/tmp:size=64m"]` in the compose file, `docker run --tmpfs /tmp:size=64m`',
};

const unitOf = (name: LimitName): 'bytes' | 'count' => (name.endsWith('Bytes') ? 'bytes' : 'count');

function asText(name: LimitName, value: number | boolean): string {
  if (typeof value === 'boolean') return String(value);
  if (name.endsWith('Bytes')) return bytesAsText(value);
  return name === 'cpus' ? `${value} cores` : String(value);
}
