import { describe, expect, it } from 'vitest';
import type { DeclaredService } from '../../../src/scenarios/configuration/configuration-observation.ts';
import { configurationLimits } from '../../../src/scenarios/configuration/configuration-limits.ts';
import { judgeConfiguration } from '../../../src/scenarios/configuration/judge-configuration.ts';
import { judgeRefusal } from '../../../src/scenarios/configuration/judge-refusal.ts';
import { defaultsOf } from '../defaults-of.ts';
import { GIB, MIB, SERVICE, observed, placed, trial, withLimits, without } from './observed-configuration.ts';

const { system } = observed([]);
const here = (line: number): { path: string; line: number; column: number } => ({
  path: 'compose.yaml',
  line,
  column: 9,
});

/** As Docker words it. */
const REFUSED = 'The container engine at /run/swap/memory.sock refused POST /containers/create (HTTP 400): ';
const CPUS = `${REFUSED}Range of CPUs is from 0.01 to 4.00, as there are only 4 CPUs available`;
const RLIMIT =
  'The container engine at /run/docker.sock refused POST /containers/x/start (HTTP 400): failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error setting rlimits for ready process: error setting rlimit type 7: operation not permitted: unknown';

describe('a refusal is told at the line of its limit, with what to write there', () => {
  it.each<[string, DeclaredService, number, RegExp, RegExp]>([
    [
      CPUS,
      withLimits({ cpus: { value: 0.001, at: here(11) } }),
      11,
      /^cpus is 0\.001, and the engine refuses it$/,
      /^write between 0\.01 and 4, the cores/,
    ],
    [
      `${REFUSED}Minimum memory limit allowed is 6MB`,
      withLimits({ memory: { value: 4 * MIB, at: here(12) } }),
      12,
      /^mem_limit is 4\.19 MB \(`4m`\), and the engine/,
      /mem_limit: 512m/,
    ],
    [
      RLIMIT,
      withLimits({
        ulimits: [
          { name: 'nproc', soft: 5, hard: 5, at: here(13) },
          { name: 'nofile', soft: 1024, hard: 99_999_999_999, at: here(14) },
        ],
      }),
      14,
      /^the ulimit nofile is 1024, at most 99999999999, and the engine refuses it$/,
      /may not be above `fs\.nr_open`/,
    ],
  ])('%s', (refused, service, line, cause, fix) => {
    const finding = judgeRefusal(trial({ refused }), service, system, []);
    expect(finding).toMatchObject({ code: 'LIM064', severity: 'error', location: here(line) });
    expect(finding?.evidence).toEqual([refused]);
    expect(finding?.cause?.text).toMatch(cause);
    expect(finding?.fix?.text).toMatch(fix);
  });

  it('one that names none is told at the service', () => {
    const finding = judgeRefusal(trial({ refused: `${REFUSED}no room left` }), SERVICE, system, []);
    expect(finding?.location).toEqual(SERVICE.at);
    expect(finding?.fix?.text).toBe('correct what the engine names in the evidence');
  });

  it('one that seaworthy itself refused is not said to be the engine’s', () => {
    const refused =
      'The size of the tmpfs /tmp of a container is 0.5: expected a whole number of bytes above 0';
    const finding = judgeRefusal(trial({ refused, refusedBy: 'seaworthy' }), SERVICE, system, []);
    expect(`${finding?.cause?.text} ${finding?.fix?.text}`).not.toContain('engine refuses');
    expect(finding?.location).toEqual(SERVICE.limits.tmpfs[0]?.at);
  });
});

it.each<[string, DeclaredService, string, readonly string[]]>([
  ['CPUs above those of the machine', withLimits({ cpus: placed(64) }), CPUS, ['LIM057']],
  [
    'swap without memory',
    without(SERVICE, 'memory'),
    'The limit of memory and swap of a container is 536870912: expected a memory limit beside it',
    ['LIM050'],
  ],
  [
    'swap below memory',
    withLimits({ memorySwap: placed(256 * MIB) }),
    'The limit of memory and swap of a container is 268435456: expected at least the memory limit',
    ['LIM064'],
  ],
  [
    'memory below the least',
    withLimits({ memory: placed(4 * MIB), memorySwap: placed(4 * MIB), tmpfs: [] }),
    `${REFUSED}Minimum memory limit allowed is 6MB`,
    ['LIM051'],
  ],
])('%s is told once', (_, service, refused, codes) => {
  const observation = observed([service], { containers: [trial({ refused })] });
  const { findings } = judgeConfiguration(
    { ...observation, system: { ...system, memoryBytes: 16 * GIB } },
    defaultsOf(configurationLimits),
  );
  expect(findings.map(({ code }) => code)).toEqual(codes);
});
