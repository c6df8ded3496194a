import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { memoryGuardFolder } from '../../src/memory-guard/memory-guard.ts';
import { pytestPairs } from '../interpreters/pytest-pairs.ts';
import { pytestFolder } from '../interpreters/pytests.ts';
import { temporaryFolder } from '../trees/temporary-folder.ts';

const [pair] = pytestPairs();
if (pair === undefined) throw new Error('The tests need a CPython from 3.8 to 3.14');

const ask = `import json, os, sys
import seaworthy_memory_guard as guard
base, membership, mountinfo = sys.argv[1:]
print(json.dumps([
    [os.path.relpath(limit.name.split(" ", 2)[2], base), limit.size, limit.used()]
    for limit in guard.group_limits(membership, mountinfo.replace("BASE", base))
]))`;

/** The limits that the guard finds in a file system like a kernel's. */
async function limitsOf(
  files: Readonly<Record<string, string>>,
  membership: string,
  mountinfo: string,
): Promise<unknown> {
  await using folder = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder.path, path, '..'), { recursive: true });
    await writeFile(join(folder.path, path), text);
  }
  const { stdout } = await execa(pair?.python ?? '', ['-c', ask, folder.path, membership, mountinfo], {
    env: { PYTHONPATH: `${pytestFolder(pair?.major ?? 8)}:${memoryGuardFolder()}` },
  });
  return JSON.parse(stdout);
}

const group2 = (folder: string, max: string): Record<string, string> => ({
  [`${folder}/memory.max`]: `${max}\n`,
  [`${folder}/memory.current`]: '1000000\n',
  [`${folder}/memory.stat`]:
    'anon 700000\nfile 250000\nkernel 50000\nshmem 50000\ninactive_anon 700000\ninactive_file 100000\nactive_file 99000\nslab_reclaimable 1000\n',
});

const group1 = (folder: string, limit: string, hierarchy: string): Record<string, string> => ({
  [`${folder}/memory.limit_in_bytes`]: `${limit}\n`,
  [`${folder}/memory.usage_in_bytes`]: '900000\n',
  [`${folder}/memory.use_hierarchy`]: `${hierarchy}\n`,
  [`${folder}/memory.stat`]:
    'cache 5\ninactive_file 1\nactive_file 1\ntotal_inactive_file 60000\ntotal_active_file 40000\n',
});

const v2 = '30 23 0:26 / BASE rw,nosuid - cgroup2 cgroup2 rw\n';

describe('limits of control groups', () => {
  it('finds those of version 2 from the inside out, without what the kernel can take back', async () => {
    const files = { ...group2('a/b', '5000000'), ...group2('a', 'max'), 'memory.stat': '' };
    expect(await limitsOf(files, '0::/a/b\n', v2)).toEqual([['a/b', 5000000, 800000]]);
    const both = { ...group2('a/b', '5000000'), ...group2('a', '4000000') };
    expect(await limitsOf(both, '0::/a/b\n', v2)).toEqual([
      ['a/b', 5000000, 800000],
      ['a', 4000000, 800000],
    ]);
  });

  it('finds that of a container with a namespace of its own at the mount point', async () => {
    expect(await limitsOf(group2('.', '3000000'), '0::/\n', v2)).toEqual([['.', 3000000, 800000]]);
    expect(await limitsOf(group2('.', '3000000'), '0::/../other\n', v2)).toEqual([['.', 3000000, 800000]]);
  });

  it('finds that of a container that sees the path of the host', async () => {
    const mount = '30 23 0:26 /docker/c0ffee BASE rw - cgroup cgroup rw,memory\n';
    const files = { ...group1('.', '2000000', '1'), ...group1('tests', '1500000', '1') };
    expect(await limitsOf(files, '4:memory:/docker/c0ffee/tests\n', mount)).toEqual([
      ['tests', 1500000, 800000],
      ['.', 2000000, 800000],
    ]);
  });

  it('leaves out what version 1 calls no limit, and ancestors that do not count what is below', async () => {
    const mount = '30 23 0:26 / BASE rw - cgroup cgroup rw,cpu,memory\n';
    const files = {
      ...group1('a/b', '9223372036854771712', '1'),
      ...group1('a', '2000000', '0'),
    };
    expect(await limitsOf(files, '4:cpu,memory:/a/b\n', mount)).toEqual([]);
  });

  it('reads mount points with spaces, and says nothing where there is no controller', async () => {
    const mount = '30 23 0:26 / BASE/my\\040groups rw - cgroup2 cgroup2 rw\n';
    expect(await limitsOf(group2('my groups/a', '3000000'), '0::/a\n', mount)).toEqual([
      ['my groups/a', 3000000, 800000],
    ]);
    expect(await limitsOf({}, '0::/a\n', '')).toEqual([]);
    expect(await limitsOf({ 'a/cgroup.procs': '' }, '0::/a\n', v2)).toEqual([]);
  });
});
