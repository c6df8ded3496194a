import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEngine } from '@seaworthy/container-engine';
import type { ContainerEngine } from '@seaworthy/container-engine';
import { openWorkspace, proveScenarios, runScenarios } from '@seaworthy/scenario';
import type { Environment, ScenarioResult, Workspace } from '@seaworthy/scenario';
import { configurationScenario } from '../../../src/scenarios/configuration/configuration-scenario.ts';
import { GIB } from './observed-configuration.ts';

const LIMITED = `services:
  tests:
    image: seaworthy-test/tiny:latest
    command: pytest
    init: true
    mem_limit: 300m
    memswap_limit: 300m
    cpus: 0.5
    pids_limit: 64
    ulimits: {nofile: {soft: 512, hard: 1024}}
    tmpfs: /tmp:size=16m
`;

let engine: ContainerEngine;
let workspace: Workspace;
let folder: string;

beforeAll(async () => {
  engine = await connectEngine();
  workspace = await openWorkspace();
  folder = mkdtempSync(join(tmpdir(), 'seaworthy-configuration-test-'));
}, 60_000);

afterAll(async () => {
  await workspace[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

let count = 0;

/** A project with a compose file of its own, with the real engine unless told otherwise. */
function environmentOf(text: string | undefined, withEngine = true): Environment {
  const root = join(folder, `project-${String((count += 1))}`);
  mkdirSync(root);
  const file = join(root, 'compose.yaml');
  if (text !== undefined) writeFileSync(file, text);
  return {
    project: { root },
    cores: 2,
    memoryBytes: 16 * GIB,
    ...(withEngine ? { engine: engine.endpoint } : {}),
    composeFiles: text === undefined ? [] : [file],
  };
}

async function run(environment: Environment): Promise<ScenarioResult> {
  const [result] = await runScenarios([configurationScenario], { environment, workspace });
  if (result === undefined) throw new Error('Expected a result');
  return result;
}

describe('with an engine', () => {
  it('passes where what is declared is in force', async () => {
    const { verdict, findings, observation } = await run(environmentOf(LIMITED));
    expect({ verdict, findings }).toEqual({ verdict: 'passed', findings: [] });
    expect(observation).toMatchObject({
      containers: [
        {
          kind: 'trial',
          effective: { memoryBytes: 300 * 2 ** 20, pids: 64, cpus: 0.5 },
          differences: [],
        },
      ],
    });
  }, 60_000);

  it('tells limits that no engine makes a container with', async () => {
    const { verdict, findings } = await run(
      environmentOf(LIMITED.replace('memswap_limit: 300m', 'memswap_limit: 200m')),
    );
    expect(verdict).toBe('failed');
    expect(findings.map(({ code }) => code)).toEqual(['LIM064']);
  }, 60_000);

  it('tells the line of a limit that the engine refuses', async () => {
    const { findings } = await run(environmentOf(LIMITED.replace('hard: 1024', 'hard: 99999999999')));
    expect(findings).toMatchObject([
      {
        code: 'LIM064',
        location: { path: 'compose.yaml', line: 10 },
        evidence: [expect.stringContaining('rlimit')],
        fix: { text: expect.stringContaining('fs.nr_open') as string },
      },
    ]);
  }, 60_000);

  it('finds the service of the tests by what its image starts', async () => {
    const name = `seaworthy-test-image-runs-pytest-${String(process.pid)}`;
    const container = await engine.client.createContainer({ Image: 'seaworthy-test/tiny:latest', name });
    try {
      await container.commit({ repo: name, tag: 'latest', changes: 'CMD ["pytest"]' });
      const tests = LIMITED.replace('seaworthy-test/tiny', name).replace(/.*command: pytest\n/, '');
      const cache = '  cache: {image: "seaworthy-test/tiny:latest", mem_limit: 300m, memswap_limit: 300m,';
      const text = `${tests.trimEnd()}\n    restart: always\n${cache} cpus: 1, pids_limit: 64}\n`;
      const { findings } = await run(environmentOf(text));
      expect(findings.find(({ code }) => code === 'LIM060')?.message).toMatch(/^tests runs the tests/);
      expect(findings.map(({ code }) => code)).not.toContain('LIM064');
    } finally {
      await container.remove({ force: true });
      await engine.client.getImage(name).remove();
    }
  }, 60_000);

  it('looks at the containers of the project that run, by their label', async () => {
    const environment = environmentOf(LIMITED);
    const name = `seaworthy-test-configuration-${String(process.pid)}`;
    const container = await engine.client.createContainer({
      name,
      Image: 'seaworthy-test/tiny:latest',
      Entrypoint: ['sh', '-c', 'sleep 60'],
      Labels: {
        'com.docker.compose.project': `project-${String(count)}`,
        'com.docker.compose.service': 'tests',
      },
      HostConfig: { NetworkMode: 'none', Memory: 64 * 2 ** 20, PidsLimit: 64 },
    });
    try {
      await container.start();
      const { findings } = await run(environment);
      const [finding] = findings;
      expect(findings.map(({ code }) => code)).toEqual(['LIM000']);
      expect(finding?.message).toContain(name);
      expect(finding?.evidence?.join('\n')).toContain('memoryBytes: declared 300 MiB, in force 64 MiB');
      expect(finding?.fix?.text).toContain('--force-recreate tests');
    } finally {
      await container.remove({ force: true });
    }
  }, 60_000);

  it('catches every fault, each with its own finding', async () => {
    const [proof] = await proveScenarios([configurationScenario], {
      environment: environmentOf(LIMITED),
      workspace,
    });
    expect(proof?.faults.map(({ fault, state }) => [fault, state])).toEqual(
      configurationScenario.faults.map(({ id }) => [id, 'caught']),
    );
  }, 120_000);
});

describe('without an engine', () => {
  it('judges what is written, and says that nothing was read back', async () => {
    const { verdict, findings } = await run(environmentOf(LIMITED, false));
    expect([verdict, ...findings.map(({ code }) => code)]).toEqual(['passed', 'LIM066']);
    const bad = await run(environmentOf('services:\n  tests:\n    image: x\n    mem_limit: 64g\n', false));
    expect(bad.verdict).toBe('failed');
    expect(bad.findings[0]).toMatchObject({
      code: 'LIM052',
      location: { path: 'compose.yaml', line: 4, column: 16 },
    });
  });

  it('is skipped without a compose file, with what is missing', async () => {
    const { verdict, missing } = await run(environmentOf(undefined, false));
    expect(verdict).toBe('skipped');
    expect(missing?.what).toMatch(/^a compose file or a container engine/);
  });
});

it('is skipped where the compose file declares no service, with what is missing', async () => {
  const { verdict, missing } = await run(environmentOf('services: {}\n'));
  expect(verdict).toBe('skipped');
  expect(missing?.what).toMatch(/^a service in compose\.yaml: it declares none/);
});

it('a mistake in the compose file is the user’s', async () => {
  await expect(run(environmentOf('services: [tests]\n', false))).rejects.toMatchObject({
    code: 'BAD_COMPOSE_FILE',
  });
});
