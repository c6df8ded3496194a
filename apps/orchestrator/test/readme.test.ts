import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SHOP, Sandbox } from './cli/seaworthy.ts';
import { SUITE, TestSuite } from './cli/test-suite.ts';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** Every command line of the README, without what stands behind it. */
const commands = [...readme.matchAll(/^npx seaworthy (.*?)(?: +#.*)?$/gm)].map(([, words = '']) => words);

test.each(commands)(
  'the command "seaworthy %s" of the README is understood',
  async (words) => {
    using sandbox = new TestSuite({
      ...SUITE,
      ...Object.fromEntries(Object.entries(SHOP).map(([name, text]) => [`src/${name}`, text])),
    });
    // One scenario stands for all, which take minutes and are run as a check of their own.
    const quick = words.replace(/^validate( 'imports\/\*')?(?= |$)/, 'validate imports/project');
    const { exitCode, stderr } = await sandbox.run(
      quick.replace('imports/project imports/project', 'imports/project').split(' '),
    );
    expect(stderr).not.toMatch(/unknown|defect|Usage/i);
    expect([0, 1]).toContain(exitCode);
  },
  240_000,
);

test('the configuration of the README works as it stands', async () => {
  const [, example = ''] = /```ts\n([^]*?)```/.exec(readme) ?? [];
  using sandbox = new Sandbox({ 'seaworthy.config.ts': example });
  symlinkSync(join(root, '..', '..', 'node_modules'), join(sandbox.project, 'node_modules'));
  mkdirSync(join(sandbox.project, '.venv', 'bin'), { recursive: true });
  const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], {
    encoding: 'utf8',
  }).trim();
  symlinkSync(python, join(sandbox.project, '.venv', 'bin', 'python'));
  const { exitCode, stdout, stderr } = await sandbox.run(['list', '--json']);
  expect([exitCode, stderr]).toEqual([0, '']);
  const ids = (JSON.parse(stdout) as readonly { id: string }[]).map(({ id }) => id);
  expect(ids).toContain('imports/project');
  expect(ids).not.toContain('imports/leak');
});
