/**
 * Packs every package as it would be published, installs the archives in a fresh folder outside the workspace, imports each
 * of their entries there, compiles a program against their types, and runs the installed command on the example project.
 */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

interface Manifest {
  name: string;
  private?: boolean;
  exports: Record<string, string | object>;
}

const workspace = join(import.meta.dirname, '../..');
const folders = ['packages', 'apps'].flatMap((folder) =>
  readdirSync(join(workspace, folder)).map((name) => join(workspace, folder, name)),
);
const target = mkdtempSync(join(tmpdir(), 'seaworthy-packages-'));
const run = execa({ cwd: target, stdin: 'ignore', stderr: 'inherit' });

async function packAll(): Promise<{ archives: string[]; entries: string[] }> {
  const archives: string[] = [];
  const entries: string[] = [];
  const destination = join(target, 'archives');
  mkdirSync(destination);
  for (const folder of folders) {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
    if (manifest.private === true) continue;
    const { stdout } = await run({
      cwd: folder,
    })`npm pack --json --ignore-scripts --pack-destination ${destination}`;
    const listing = JSON.parse(stdout) as Record<string, { filename: string; files: { path: string }[] }>;
    for (const { filename, files } of Object.values(listing)) {
      const bytecode = files.filter(({ path }) => path.endsWith('.pyc'));
      if (bytecode.length > 0) throw new Error(`${filename} would ship ${String(bytecode[0]?.path)}`);
      archives.push(join(destination, filename));
    }
    for (const [subpath, entry] of Object.entries(manifest.exports)) {
      if (typeof entry === 'object') entries.push(manifest.name + subpath.slice(1));
    }
  }
  return { archives, entries };
}

/** Imports every entry, and fails where one exports nothing. */
function programOf(entries: readonly string[]): string {
  const imports = entries.map((entry, index) => `import * as entry${index} from '${entry}';`);
  const counts = entries.map((entry, index) => `['${entry}', Object.keys(entry${index}).length]`);
  return `${imports.join('\n')}
const exported: [string, number][] = [${counts.join(', ')}];
for (const [entry, count] of exported) console.log(entry + ': ' + String(count) + ' exports');
if (exported.some(([, count]) => count === 0)) throw new Error('an entry exports nothing');
`;
}

try {
  const { archives, entries } = await packAll();
  writeFileSync(join(target, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  await run`npm install --no-audit --no-fund --prefer-offline --ignore-scripts ${archives}`;

  writeFileSync(join(target, 'program.ts'), programOf(entries));
  const types = ['--types', 'node', '--typeRoots', join(workspace, 'node_modules/@types')];
  const library = ['--module', 'nodenext', '--target', 'es2024', '--lib', 'es2024,esnext.disposable,dom'];
  const compiler = join(workspace, 'node_modules/.bin/tsc');
  await run({ stdout: 'inherit' })`${compiler} ${library} ${types} --strict --noEmit program.ts`;
  await run({ stdout: 'inherit' })`${process.execPath} program.ts`;
  // Programs that do not come from TypeScript lie in the package as well: these throw where one is missing.
  writeFileSync(
    join(target, 'keepers.ts'),
    "import { keeperCommand } from '@seaworthy/resource-exhaustion';\n['python', 'native'].forEach((kind) => keeperCommand(kind));\n",
  );
  await run`${process.execPath} keepers.ts`;

  const command = [process.execPath, 'node_modules/seaworthy/bin/seaworthy.js'];
  const { stdout: version } = await run`${command} --version`;
  const example = join(workspace, 'examples/shop');
  const { stdout: report } = await run`${command} imports --exit-zero --format json ${example}`;
  const { knots } = JSON.parse(report) as { knots: unknown[] };
  if (knots.length !== 1) throw new Error(`Expected one knot in the example, found ${knots.length}`);
  // Its recorder is Python that lies in the package.
  const { stdout: profile } = await run({
    env: { PYTHONPATH: join(workspace, 'node_modules/.cache/seaworthy-pytests/8') },
  })`${command} collect --format json --no-verify ${example}`;
  const { tests } = JSON.parse(profile) as { tests: { found: number } };
  if (tests.found === 0) throw new Error('Expected tests in the example, found none');
  console.log(`seaworthy ${version} runs where it is installed; ${archives.length} packages checked`);
} finally {
  rmSync(target, { recursive: true, force: true });
}
