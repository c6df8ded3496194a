import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const packageFolder = join(import.meta.dirname, '..');

const block = (text: string, language: string): string =>
  new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'ms').exec(text)?.[1] ?? '';

test.each([
  ['where colours are forced', { FORCE_COLOR: '1' }],
  ['without colours', { NO_COLOR: '1' }],
])('the example in the README runs %s, and prints what the README says', async (_, colours) => {
  const readme = readFileSync(join(packageFolder, 'README.md'), 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'readme-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'node_modules', '@seaworthy'), { recursive: true });
  symlinkSync(packageFolder, join(folder, 'node_modules', '@seaworthy', 'scenario'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'example.ts'), block(readme, 'ts'));

  const args = ['--conditions=@seaworthy/source', 'example.ts'];
  const { FORCE_COLOR: _force, NO_COLOR: _no, ...env } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: folder,
    env: { ...env, ...colours },
  });
  expect(stdout).toBe(block(readme, 'text'));
  expect(stdout).toContain('caught');
});
