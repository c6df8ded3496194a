import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { testEngine, TINY } from './test-engine.ts';

const packageFolder = join(import.meta.dirname, '..');

const block = (text: string, language: string): string =>
  new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'ms').exec(text)?.[1] ?? '';

test('the example in the README runs, and prints what the README says', async () => {
  await testEngine();
  const readme = readFileSync(join(packageFolder, 'README.md'), 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'readme-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const modules = join(folder, 'node_modules', '@seaworthy');
  mkdirSync(modules, { recursive: true });
  for (const name of ['container-engine', 'scenario'])
    symlinkSync(join(packageFolder, '..', name), join(modules, name));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'hog.ts'), block(readme, 'ts'));

  const args = ['--conditions=@seaworthy/source', 'hog.ts', TINY];
  const { FORCE_COLOR: _, ...env } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, env });
  expect(stdout).toBe(block(readme, 'text'));
  expect(stdout).toContain('killed for memory: true');
});
