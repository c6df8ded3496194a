import { expect, test } from 'vitest';
import { parseMounts, placesInMemory } from '../../src/limits/mounts.ts';

/** Of a container of Docker 26 on cgroup version 2 (the first) and of Podman 4.3, shortened. */
const DOCKER = `517 460 0:54 / / ro,relatime master:171 - overlay overlay rw,lowerdir=/x,upperdir=/y,workdir=/z
518 517 0:57 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw
519 517 0:58 / /dev rw,nosuid - tmpfs tmpfs rw,size=65536k,mode=755
522 519 0:52 / /dev/shm rw,nosuid,nodev,noexec,relatime - tmpfs shm rw,size=1024k
523 517 0:60 / /scratch rw,nosuid,nodev,noexec,relatime - tmpfs tmpfs rw,size=2048k
524 517 0:61 / /with\\040blank rw,nosuid - tmpfs tmpfs rw
525 517 254:1 /init /sbin/docker-init ro,relatime - ext4 /dev/vda1 rw
526 518 0:62 / /proc/acpi ro,relatime - tmpfs tmpfs ro
527 518 0:63 / /sys/firmware ro,relatime - tmpfs tmpfs ro
`;
const PODMAN = `900 800 0:90 / / rw,relatime - overlay overlay rw
901 900 0:91 / /dev rw,nosuid - tmpfs tmpfs rw,size=65536k
902 900 0:92 / /run/.containerenv rw - tmpfs tmpfs rw,size=1g
903 900 0:93 / /run/podman-init ro - ext4 /dev/vda1 rw
904 900 0:94 / /tmp rw - tmpfs tmpfs rw,size=1g
905 900 0:95 / /tmp rw - tmpfs tmpfs rw,size=2g
`;

test('sizes of what lies in memory, a read-only root and the init of the engine are read from the mounts', () => {
  expect(placesInMemory(parseMounts(DOCKER))).toEqual({
    shmBytes: 2 ** 20,
    tmpfs: [{ path: '/scratch', bytes: 2 ** 21 }, { path: '/with blank' }],
    readOnlyRoot: true,
    init: true,
  });
});

test('of two mounts at one place the later one counts', () => {
  expect(placesInMemory(parseMounts(PODMAN))).toEqual({
    tmpfs: [{ path: '/tmp', bytes: 2 ** 31 }],
    readOnlyRoot: false,
    init: true,
  });
  expect(parseMounts('')).toEqual([]);
});
