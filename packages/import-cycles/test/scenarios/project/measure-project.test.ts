import { chmod, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openWorkspace, proveScenarios, runScenarios, UsageError } from '@seaworthy/scenario';
import type { AnyScenario, ScenarioResult } from '@seaworthy/scenario';
import { describe, expect, it } from 'vitest';
import { buildImportGraph } from '../../../src/build-import-graph.ts';
import { analyseImports } from '../../../src/report/analyse-imports.ts';
import { createBaseline } from '../../../src/report/baseline.ts';
import { writeBaseline } from '../../../src/report/baseline-file.ts';
import { projectScenario } from '../../../src/scenarios/project/project-scenario.ts';
import type { ImportScenarioSettings } from '../../../src/scenarios/index.ts';
import { mkfifoSync } from '../../python/make-fifo.ts';
import { environmentOf } from '../environment-of.ts';
import { SMALL_PROJECT } from '../small-project.ts';
import { temporaryProject } from '../temporary-project.ts';

async function run(root: string, settings: ImportScenarioSettings = {}): Promise<ScenarioResult> {
  await using workspace = await openWorkspace();
  const scenarios = [projectScenario(settings)] as AnyScenario[];
  const [result] = await runScenarios(scenarios, { environment: environmentOf(root), workspace });
  if (result === undefined) throw new Error('imports/project gave no result');
  return result;
}

async function prove(root: string, settings: ImportScenarioSettings = {}) {
  await using workspace = await openWorkspace();
  const scenarios = [projectScenario(settings)] as AnyScenario[];
  const [proof] = await proveScenarios(scenarios, { environment: environmentOf(root), workspace });
  return proof?.faults.map(({ fault, state, raised }) => ({ fault, state, raised }));
}

async function contentsOf(root: string): Promise<Record<string, string>> {
  const files = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const read = files.map(async (file): Promise<[string, string]> => {
    const path = join(file.parentPath, file.name);
    return [path, await readFile(path, 'utf8')];
  });
  return Object.fromEntries(await Promise.all(read));
}

async function acceptAll(root: string): Promise<string> {
  const graph = await buildImportGraph([root], { language: 'python', base: root });
  const report = await analyseImports(graph, { view: 'import-time', firstImports: 'none' });
  await writeBaseline(join(root, 'cycles.json'), createBaseline(report));
  return 'cycles.json';
}

const codes = (result: ScenarioResult) => result.findings.map(({ code, severity }) => `${code} ${severity}`);

describe('imports/project', () => {
  it('is skipped where there is no Python file, and says what is missing', async () => {
    await using project = await temporaryProject({ 'README.md': '', 'node_modules/x/a.py': '' });
    const { verdict, missing } = await run(project.root);
    expect(verdict).toBe('skipped');
    expect(missing?.what).toBe(`Python files in ${project.root}`);
    expect(missing?.how).toContain('imports.roots');
  });

  it('decides nothing where the analysis finds no Python file that looked to be there', async () => {
    await using project = await temporaryProject({ 'app/README.md': '' });
    mkfifoSync(join(project.root, 'app/a.py'));
    const { verdict, reasons } = await run(project.root);
    expect({ verdict, reasons }).toEqual({
      verdict: 'inconclusive',
      reasons: ['There is no Python file to analyse.'],
    });
  });

  it('is a mistake of the user where a root does not exist', async () => {
    await using project = await temporaryProject(SMALL_PROJECT);
    await expect(run(project.root, { roots: ['sources'] })).rejects.toThrow(UsageError);
  });

  it('accepts what the baseline knows, and fails on what it does not', async () => {
    await using project = await temporaryProject(SMALL_PROJECT);
    const baseline = await acceptAll(project.root);
    expect(codes(await run(project.root, { baseline }))).toEqual(['IMP003 warning']);
    await using grown = await temporaryProject({
      ...SMALL_PROJECT,
      [baseline]: await readFile(join(project.root, baseline), 'utf8'),
      'src/shop/money.py': 'import shop.orders\n',
      'src/shop/orders.py': `import shop.money\n${SMALL_PROJECT['src/shop/orders.py']}`,
    });
    const result = await run(grown.root, { baseline });
    expect(result.verdict).toBe('failed');
    expect(codes(result)).toContain('IMP001 error');
    expect(result.findings[0]?.evidence?.at(-1)).toContain('shop.money -> shop.orders');
  });

  it('can fail on modules that crash when they are imported first', async () => {
    await using project = await temporaryProject(SMALL_PROJECT);
    await using workspace = await openWorkspace();
    const values = { maxFirstImportCrashes: 0 };
    const [result] = await runScenarios([projectScenario({})] as AnyScenario[], {
      environment: environmentOf(project.root),
      workspace,
      overrides: new Map([['imports/project', { values, source: 'seaworthy.config.ts:3' }]]),
    });
    expect(result?.verdict).toBe('failed');
    expect(codes(result as ScenarioResult)).toEqual(['IMP001 warning', 'IMP003 error']);
  });

  it('leaves out what is excluded, and looks only where it is told to', async () => {
    await using project = await temporaryProject(SMALL_PROJECT);
    expect(codes(await run(project.root, { exclude: ['customers.py'] }))).toEqual([]);
    await using other = await temporaryProject({ ...SMALL_PROJECT, 'tools/a.py': 'x = 1\n' });
    const { metrics } = await run(other.root, { roots: ['tools'] });
    expect(metrics.find((metric) => metric.name === 'modules')?.value).toBe(1);
  });

  it('goes on past files that cannot be parsed, and warns of them', async () => {
    await using project = await temporaryProject({
      ...SMALL_PROJECT,
      'src/shop/broken.py': 'def f(:\n  """',
    });
    const result = await run(project.root);
    expect(result.verdict).toBe('passed');
    expect(codes(result)).toContain('IMP007 warning');
  });

  it.each([['without a baseline'], ['with a baseline']])(
    'proves each fault on a copy only, %s',
    async (how) => {
      await using project = await temporaryProject({ ...SMALL_PROJECT, 'names with spaces/ünïcode.py': '' });
      const settings = how === 'with a baseline' ? { baseline: await acceptAll(project.root) } : {};
      const before = await contentsOf(project.root);
      await chmod(join(project.root, 'src', 'shop'), 0o555);
      try {
        expect(await prove(project.root, settings)).toEqual([
          {
            fault: 'adds-cycles',
            state: 'caught',
            raised: [how === 'with a baseline' ? 'IMP001' : 'IMP004'],
          },
          { fault: 'adds-a-long-cycle', state: 'caught', raised: ['IMP002'] },
          { fault: 'misses-imports-in-functions', state: 'caught', raised: ['IMP006'] },
        ]);
      } finally {
        await chmod(join(project.root, 'src', 'shop'), 0o755);
      }
      expect(await contentsOf(project.root)).toEqual(before);
    },
  );

  it('proves them on a project that is a package itself', async () => {
    await using project = await temporaryProject({
      '__init__.py': '',
      'a.py': 'from . import b\n',
      'b.py': '',
    });
    const states = (await prove(project.root))?.map(({ state }) => state);
    expect(states).toEqual(['caught', 'caught', 'caught']);
  });
});
