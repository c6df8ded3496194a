import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { readProcess } from '../src/process/process-table.ts';

const packageFolder = join(import.meta.dirname, '..');
const tsup = createRequire(import.meta.url).resolve('tsup/package.json');

test('what is built has its guard, and the guard works', { timeout: 240_000 }, async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'built-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const args = [
    '--silent',
    '--config',
    '../../tsup.config.ts',
    '--no-dts',
    '--out-dir',
    join(folder, 'dist'),
  ];
  await promisify(execFile)(process.execPath, [join(dirname(tsup), 'dist/cli-default.js'), ...args], {
    cwd: packageFolder,
  });
  expect(readdirSync(join(folder, 'dist', 'guard'))).toEqual(['main.js']);

  copyFileSync(join(packageFolder, 'package.json'), join(folder, 'package.json'));
  symlinkSync(dirname(dirname(tsup)), join(folder, 'node_modules'));
  const temporary = join(folder, 'tmp');
  writeFileSync(
    join(folder, 'tool.js'),
    `import { mkdirSync } from 'node:fs';
    import { openWorkspace } from './dist/index.js';
    mkdirSync(${JSON.stringify(temporary)});
    const workspace = await openWorkspace({ temporaryFolder: ${JSON.stringify(temporary)} });
    const { pid } = workspace.spawn('sleep', ['1000']);
    console.log(pid);`,
  );
  const tool = spawn(process.execPath, [join(folder, 'tool.js')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(tool.stdout, 'data')) as [Buffer];
  expect(readdirSync(temporary)).toHaveLength(1);
  tool.kill('SIGKILL');
  await expect.poll(() => readdirSync(temporary), { timeout: 60_000 }).toEqual([]);
  // What its new parent did not ask about yet is a zombie.
  expect(readProcess(Number(line))?.zombie ?? true).toBe(true);
});
