import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';

const PACKAGE = join(import.meta.dirname, '..');

it('the example of the README prints what the README says', async () => {
  const readme = readFileSync(join(PACKAGE, 'README.md'), 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-readme-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [, program] = /`exhaust.ts`:\n\n```ts\n([^]*?)```/.exec(readme)!;
  writeFileSync(join(folder, 'exhaust.ts'), program!);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  mkdirSync(join(folder, 'node_modules/@seaworthy'), { recursive: true });
  for (const name of ['resource-exhaustion', 'scenario']) {
    symlinkSync(join(PACKAGE, '..', name), join(folder, 'node_modules/@seaworthy', name));
  }

  const { stdout } = await execa(process.execPath, ['--conditions=@seaworthy/source', 'exhaust.ts'], {
    cwd: folder,
  });

  expect(stdout).toBe(/```text\n([^]*?)\n```/.exec(readme)![1]);
});
