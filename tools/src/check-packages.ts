/**
 * Packs every package as it would be published, installs the archives in a fresh folder outside the workspace, imports each
 * of their entries there, compiles a program against their types, and runs the installed command.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
const npm = (args: string[], cwd: string): string =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

try {
  const entries: string[] = [];
  const archives: string[] = [];
  mkdirSync(join(target, 'archives'));
  for (const folder of folders) {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
    if (manifest.private === true) continue;
    const packed = npm(
      ['pack', '--json', '--ignore-scripts', '--pack-destination', join(target, 'archives')],
      folder,
    );
    const listing = JSON.parse(packed) as Record<string, { filename: string }>;
    for (const { filename } of Object.values(listing)) archives.push(join(target, 'archives', filename));
    for (const [subpath, entry] of Object.entries(manifest.exports)) {
      if (typeof entry === 'object') entries.push(manifest.name + subpath.slice(1));
    }
  }

  writeFileSync(join(target, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  npm(['install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts', ...archives], target);

  const imports = entries.map((entry, index) => `import * as entry${index} from '${entry}';`);
  const counts = entries.map((entry, index) => `['${entry}', Object.keys(entry${index}).length]`);
  writeFileSync(
    join(target, 'program.ts'),
    `${imports.join('\n')}\nconst exported: [string, number][] = [${counts.join(', ')}];\n` +
      `for (const [entry, count] of exported) console.log(entry + ': ' + count + ' exports');\n` +
      `if (exported.some(([, count]) => count === 0)) throw new Error('an entry exports nothing');\n`,
  );
  const options = [
    '--module',
    'nodenext',
    '--target',
    'es2024',
    '--lib',
    'es2024,esnext.disposable,dom',
    '--strict',
  ];
  const types = ['--types', 'node', '--typeRoots', join(workspace, 'node_modules/@types'), '--noEmit'];
  execFileSync(join(workspace, 'node_modules/.bin/tsc'), [...options, ...types, 'program.ts'], {
    cwd: target,
    stdio: 'inherit',
  });
  execFileSync(process.execPath, ['program.ts'], { cwd: target, stdio: 'inherit' });
  const version = execFileSync(process.execPath, ['node_modules/seaworthy/bin/seaworthy.js', '--version'], {
    cwd: target,
    encoding: 'utf8',
  });
  console.log(`seaworthy ${version.trim()} runs where it is installed; ${archives.length} packages checked`);
} finally {
  rmSync(target, { recursive: true, force: true });
}
