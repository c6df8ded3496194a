/**
 * Makes sure that the tests have several versions of pytest: a folder for each in `node_modules/.cache/seaworthy-pytests`
 * that can be put on PYTHONPATH of any CPython which that pytest supports. Takes them from pip's index, Debian's archive
 * or an interpreter that has them; else says what to do and fails.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { debianSource } from './pytests/from-debian.ts';
import { interpreterSource } from './pytests/from-interpreters.ts';
import { pipSource } from './pytests/from-pip.ts';
import { type PinnedPackage, pinnedPackages } from './pytests/pinned-packages.ts';

const workspace = resolve(import.meta.dirname, '..', '..');
const cache = join(workspace, 'node_modules', '.cache', 'seaworthy-pytests');
const sources = [pipSource(), debianSource(), interpreterSource()];

/** What a finished folder holds: it names what the folder was made of, so that new pins make it anew. */
const mark = '.complete';

async function ensure(name: string, packages: readonly PinnedPackage[]): Promise<string[]> {
  const folder = join(cache, name);
  const digest = createHash('sha256').update(JSON.stringify(packages)).digest('hex');
  if (await isFinished(folder, digest)) return [];
  const problems: string[] = [];
  for (const source of sources) {
    const draft = join(cache, `.${name}-${String(process.pid)}-${randomBytes(4).toString('hex')}`);
    try {
      await mkdir(draft, { recursive: true });
      const problem = await source.fill(packages, draft);
      if (problem === undefined) {
        await writeFile(join(draft, mark), digest);
        await put(draft, folder, digest);
        return [];
      }
      problems.push(`${source.name}: ${problem}`);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }
  return problems;
}

/** In one step, so that nobody ever sees half a folder; another run may have been faster. */
async function put(draft: string, folder: string, digest: string): Promise<void> {
  await rm(join(draft, '.debian'), { recursive: true, force: true });
  for (;;) {
    try {
      await rename(draft, folder);
      return;
    } catch (error) {
      if (!isTaken(error)) throw error;
      if (await isFinished(folder, digest)) return;
      const outdated = `${draft}-outdated`;
      await rename(folder, outdated).catch(() => undefined);
      await rm(outdated, { recursive: true, force: true });
    }
  }
}

function isTaken(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR';
}

async function isFinished(folder: string, digest: string): Promise<boolean> {
  return (await readFile(join(folder, mark), 'utf8').catch(() => '')) === digest;
}

/** Drafts of runs that were killed. */
async function sweep(): Promise<void> {
  for (const name of existsSync(cache) ? await readdir(cache) : []) {
    const pid = /^\..+?-(\d+)-[0-9a-f]+/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      await rm(join(cache, name), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function versionOf(folder: string, distribution: string): Promise<string> {
  const prefix = distribution.replaceAll('-', '_');
  const names = (await readdir(folder)).map((name) => name.replaceAll('-', '_'));
  const pattern = new RegExp(`^${prefix}_([0-9.]+)\\.(?:dist|egg)_info$`);
  return names.flatMap((name) => pattern.exec(name)?.[1] ?? [])[0] ?? 'of an unknown version';
}

await sweep();
let failed = false;
for (const [name, packages] of Object.entries(pinnedPackages)) {
  const folder = join(cache, name);
  const problems = await ensure(name, packages);
  if (problems.length === 0) {
    const distribution = packages[0].pip.split('==')[0] ?? '';
    console.log(`${distribution} ${await versionOf(folder, distribution)} in ${folder}`);
  } else {
    failed = true;
    const lines = problems.map((problem) => `  ${problem}`).join('\n');
    console.error(`The tests need ${packages[0].pip}, and no source has it:\n${lines}`);
    console.error(
      `Let pip reach an index (try: python3 -m pip download ${packages[0].pip}), or apt Debian's archive.`,
    );
  }
}
if (failed) process.exitCode = 1;
