import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openWorkspace } from '@seaworthy/scenario';
import type { AnyScenario, LimitOverrides, ScenarioResult } from '@seaworthy/scenario';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CollectionScenarioSettings } from '../../../src/scenarios/index.ts';
import { projectScenario } from '../../../src/scenarios/project/project-scenario.ts';
import { environmentWithPytest } from '../environment-with-pytest.ts';
import { SMALL_PROJECT, temporaryProject } from '../temporary-project.ts';
import { runOne, runWithFault } from '../with-fault.ts';

afterEach(() => vi.unstubAllEnvs());

const ID = 'collection/project';
async function run(
  root: string,
  settings: CollectionScenarioSettings = {},
  values: Record<string, number> = {},
): Promise<ScenarioResult> {
  await using workspace = await openWorkspace();
  const overrides = new Map<string, LimitOverrides>([[ID, { values, source: 'the test' }]]);
  const environment = environmentWithPytest(8, root);
  return await runOne(projectScenario(settings) as AnyScenario, { environment, workspace, overrides });
}

const errors = ({ findings }: ScenarioResult) => findings.filter((one) => one.severity === 'error');
const metricOf = ({ metrics }: ScenarioResult, name: string) =>
  metrics.find((one) => one.name === name)?.value;

async function contentsOf(root: string): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const read = entries
    .filter((entry) => entry.isFile())
    .map(async ({ parentPath, name }): Promise<[string, string]> => {
      const path = join(parentPath, name);
      return [path, await readFile(path, 'utf8')];
    });
  return Object.fromEntries(await Promise.all(read));
}

describe('collection/project', { timeout: 300_000 }, () => {
  it('is skipped where there are no tests, and says what is missing', async () => {
    await using project = await temporaryProject({ 'README.md': '', 'src/shop.py': '' });
    const { verdict, missing } = await run(project.root);
    expect(verdict).toBe('skipped');
    expect(missing?.what).toBe(`tests for pytest in ${project.root}`);
    expect(missing?.how).toContain('collection.args');
  });

  it('looks only where the arguments say', async () => {
    await using project = await temporaryProject(SMALL_PROJECT);
    const one = await run(project.root, { args: ['-k', 'test_all'] });
    expect([one.verdict, metricOf(one, 'tests.found'), metricOf(one, 'tests.deselected')]).toEqual([
      'passed',
      2,
      1,
    ]);
    const broken = await run(project.root, { args: ['scratch'] });
    expect(errors(broken)).toMatchObject([
      { code: 'COL050', location: { path: 'scratch/test_broken.py', line: 1 } },
    ]);
    expect(broken.findings[0]?.message).toContain('not_installed_anywhere');
  });

  it('can demand more tests, and allow errors', async () => {
    await using project = await temporaryProject(SMALL_PROJECT);
    expect(errors(await run(project.root, {}, { minTests: 3 }))).toMatchObject([{ code: 'COL053' }]);
    const allowed = await run(project.root, { args: ['scratch', 'tests'] }, { maxErrors: 1 });
    expect(allowed.verdict).toBe('passed');
    // What is installed here may give warnings of its own.
    expect(allowed.findings.filter(({ code }) => code === 'COL050')).toMatchObject([{ severity: 'warning' }]);
  });

  it('is judged where pytest refuses to start', async () => {
    await using project = await temporaryProject({
      ...SMALL_PROJECT,
      'pyproject.toml': '[tool.pytest.ini_options]\naddopts = "--no-such-option"\n',
    });
    const [finding] = errors(await run(project.root));
    expect(finding?.code).toBe('COL056');
    expect(finding?.message).toContain('--no-such-option');
  });

  // Where the files of a fault are put depends on them. The project as it is: proof.test.ts and `orchestrator:prove`.
  it.each([
    ['paths of its own', {}, { args: ['tests/test_prices.py'] }],
    [
      'other names for test files',
      {
        'pytest.ini': '[pytest]\npython_files = check_*.py\npythonpath = src\n',
        'check_a.py': 'import shop\n\n\ndef test_a():\n    pass\n',
        'scratch/test_broken.py': '',
      },
      {},
    ],
  ])('proves faults without a file in the project, which has %s', async (_, files, settings) => {
    await using project = await temporaryProject({ ...SMALL_PROJECT, ...files });
    await using workspace = await openWorkspace();
    const environment = environmentWithPytest(8, project.root);
    const scenario = projectScenario(settings) as AnyScenario;
    const before = await contentsOf(project.root);
    for (const [fault, code] of [
      ['adds-a-broken-file', 'COL050'],
      ['adds-a-broken-conftest', 'COL056'],
    ] as const) {
      const { applied, raised } = await runWithFault(scenario, fault, { environment, workspace });
      expect([applied, raised]).toEqual([true, [code]]);
    }
    expect(await contentsOf(project.root)).toEqual(before);
  });
});
