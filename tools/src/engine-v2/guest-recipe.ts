/** Trixie: kernel 6.12, systemd with control groups of version 2 only, Docker Engine 26.1. */
export const suite = 'trixie';

export const packages: readonly string[] = [
  'systemd',
  'systemd-sysv',
  'udev',
  'linux-image-cloud-amd64',
  'docker.io',
];

/** Size of the disk, of which the system takes a third; the file is sparse. */
export const diskSize = '3G';

/** The only thing that listens in the guest; the machine reaches it through a port of its loopback. */
export const guestPort = 2375;

/** Files of the guest by their path. No image is ever fetched: containers need no network. */
export const files: Readonly<Record<string, string>> = {
  'etc/hostname': 'engine-v2\n',
  'etc/fstab': '/dev/vda / ext4 defaults,noatime 0 1\n',
  'etc/systemd/network/any.network': '[Match]\nName=en* eth*\n\n[Network]\nDHCP=ipv4\n',
  'etc/systemd/system/docker.service.d/guest.conf': `[Service]
ExecStart=
ExecStart=/usr/sbin/dockerd -H tcp://0.0.0.0:${String(guestPort)} --tls=false --bridge=none --iptables=false --ip6tables=false
TimeoutStartSec=600
`,
  // An emulated processor needs longer than systemd thinks that anything may.
  'etc/systemd/system.conf.d/slow.conf':
    '[Manager]\nDefaultTimeoutStartSec=600\nDefaultDeviceTimeoutSec=600\n',
};

/** Units that are there to serve people, or to keep a machine for years. */
const needless = [
  'apt-daily.timer',
  'apt-daily-upgrade.timer',
  'dpkg-db-backup.timer',
  'e2scrub_all.timer',
  'e2scrub_reap.service',
  'fstrim.timer',
  'systemd-networkd-wait-online.service',
  'systemd-timesyncd.service',
];

/** A command of the shell that is run in the root folder of the guest, after its packages are there. */
export const finish: string = [
  'chroot . systemctl enable systemd-networkd.service docker.service',
  `chroot . systemctl mask ${needless.join(' ')}`,
  'rm -rf var/cache/apt/* var/lib/apt/lists/* usr/share/doc/* usr/share/locale/* usr/share/man/*',
].join(' && ');
