import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { collectOnce } from '../../src/collect-once.ts';
import type { Recording } from '../../src/model/recording.ts';
import { readRecording, recorderCommand } from '../../src/recording/index.ts';
import { combinations, usual, type Combination } from './interpreters.ts';
import { Project, type Files } from './record-project.ts';

/** Enough files for rows of about 100 kB. */
const MANY: Files = Object.fromEntries(
  Array.from({ length: 200 }, (_, n) => [`test_${n}.py`, 'def test_one():\n    pass\n']),
);

/**
 * Mounts a small file system where nobody else sees it, and takes what is on it out before it goes: with `$1` folder, `$2` size,
 * `$3` where to copy the rows, `$4` a command to run first, and the command.
 */
const ON_SMALL_DISK = `mount -t tmpfs -o "size=$2" small "$1" || exit 99
out=$3
folder=$1
sh -c "cd '$1' && $4"
shift 4
"$@"
status=$?
cp "$folder"/rows* "$out" || exit 98
exit $status
`;

interface OnDisk {
  readonly recording: Recording;
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly stdout: string;
}

async function recordOnDisk(
  project: Project,
  combination: Combination,
  size: string,
  first: string,
): Promise<OnDisk> {
  const disk = join(project.beside, 'disk');
  const out = join(project.beside, 'out');
  await mkdir(disk);
  await mkdir(out);
  const target = { root: project.root, python: combination.python, args: ['-q'] };
  const { command } = recorderCommand(target, { rowsFile: join(disk, 'rows') });
  const startedAt = process.hrtime.bigint();
  const { exitCode, signal, stdout } = await execa(
    'unshare',
    ['--map-root-user', '--mount', 'sh', '-c', ON_SMALL_DISK, 'sh', disk, size, out, first, ...command],
    {
      cwd: project.root,
      env: { PYTHONPATH: combination.folder, PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1' },
      reject: false,
      timeout: 100_000,
    },
  );
  const times = { startedAt, endedAt: process.hrtime.bigint() };
  return { recording: await readRecording(join(out, 'rows'), times), exitCode, signal, stdout };
}

const extremes = [combinations().at(0), combinations().at(-1)].filter((found) => found !== undefined);

describe.each(extremes)('a full disk, with $name', (combination) => {
  it('from the beginning: pytest collects, and the recording says why it is empty', async () => {
    await using project = await Project.of(MANY);
    const filled = 'cat /dev/zero > filler 2> /dev/null; test -s filler';
    const { recording, exitCode, signal, stdout } = await recordOnDisk(project, combination, '64k', filled);
    expect({ exitCode, signal }).toEqual({ exitCode: 0, signal: undefined });
    expect(stdout.match(/::test_one$/gm)).toHaveLength(200);
    expect(recording.incomplete).toMatch(/^no space left on device \(\/.*\)$/);
    expect(recording).not.toHaveProperty('ending');
  });

  it('from somewhere on: there is what could be written', async () => {
    await using project = await Project.of(MANY);
    const { recording, exitCode, stdout } = await recordOnDisk(project, combination, '48k', 'true');
    expect(exitCode).toBe(0);
    expect(stdout.match(/::test_one$/gm)).toHaveLength(200);
    expect(recording.incomplete).toMatch(/^no space left on device \(/);
    expect(recording).not.toHaveProperty('ending');
    expect(recording.collectors.length).toBeGreaterThan(20);
    expect(recording.last).toMatchObject({ phase: 'collect' });
  });
});

it('is no riddle to who collects: it is said what could not be written', async () => {
  const limit = 'import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (12288, 12288))\n';
  await using project = await Project.of({ ...MANY, 'conftest.py': limit });
  const { python, folder } = usual();
  const { outcome, exit } = await collectOnce({
    root: project.root,
    python,
    args: ['-q', '-q'],
    env: { PYTHONPATH: folder },
  });
  expect(exit).toEqual({ code: 0, signal: null });
  expect(outcome).toMatchObject({
    kind: 'not-recorded',
    exitCode: 0,
    why: expect.stringMatching(/^file too large \(\//) as string,
  });
});
