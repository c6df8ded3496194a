import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { missingMounts, mount } from '../../src/engine/mount-cgroups.ts';

const bare = '22 1 254:0 / / rw - ext4 /dev/vda rw\n23 22 0:4 / /proc rw - proc proc rw\n';
const heading = '#subsys_name\thierarchy\tnum_cgroups\tenabled\n';

describe('missingMounts', () => {
  it('is nothing on this machine, where containers are limited', () => {
    const [mountinfo, cgroups] = ['/proc/self/mountinfo', '/proc/cgroups'].map((file) =>
      readFileSync(file, 'utf8'),
    );
    expect(missingMounts(mountinfo ?? '', cgroups ?? '')).toBeUndefined();
  });

  it.each(['cgroup2', 'cgroup'])('is nothing where a %s is mounted', (type) => {
    const mounted = `${bare}30 22 0:26 / /sys/fs/cgroup rw - ${type} none rw\n`;
    expect(missingMounts(mounted, heading)).toBeUndefined();
  });

  it('is version 2 on a machine that has mounted none since it started', () => {
    const cgroups = `${heading}cpu\t0\t1\t1\nmemory\t0\t1\t1\nnet_cls\t0\t1\t0\n`;
    expect(missingMounts(bare, cgroups)).toEqual({ version: 2, controllers: ['cpu', 'memory'] });
  });

  it('is version 1 where the memory controller is bound to one of its hierarchies', () => {
    const cgroups = `${heading}cpu\t0\t1\t1\nmemory\t4\t12\t1\n`;
    expect(missingMounts(bare, cgroups)).toEqual({ version: 1, controllers: ['cpu', 'memory'] });
  });
});

it('a mount that fails is told with its command', () => {
  expect(() => mount('-t', 'no-such-type', 'none', '/no/such/folder')).toThrow(
    /^`mount -t no-such-type none \/no\/such\/folder` failed: \S/,
  );
});
