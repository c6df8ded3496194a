/** Bookworm: Python 3.11, pytest 7.2, PostgreSQL 15, Redis 7.0. */
export const suite = 'bookworm';

export const packages: readonly string[] = ['python3', 'python3-pytest', 'postgresql', 'redis-server'];

/**
 * What no test needs, as patterns below the root: what was downloaded, documentation, translations, the cluster that the
 * package made, PostgreSQL's just-in-time compiler (it works without) with LLVM, and the larger part of Perl, in which only
 * Debian's own commands around PostgreSQL are written.
 */
const unneeded = [
  'var/cache/apt/*',
  'var/cache/debconf/*',
  'var/lib/apt/lists/*',
  'var/log/*',
  'usr/share/doc/*',
  'usr/share/info/*',
  'usr/share/locale/*',
  'usr/share/man/*',
  'usr/share/i18n',
  'usr/share/zoneinfo/right',
  'usr/lib/*-linux-gnu/gconv',
  'var/lib/postgresql/*/main',
  'etc/postgresql/*/main',
  'usr/lib/postgresql/*/lib/bitcode',
  'usr/lib/postgresql/*/lib/llvmjit*',
  'usr/lib/*-linux-gnu/libLLVM*',
  'usr/lib/*-linux-gnu/libz3*',
  'usr/lib/*-linux-gnu/libperl.so*',
  'usr/lib/*-linux-gnu/perl',
  'usr/share/perl',
];

/** A command of the shell that is run in the root folder. */
export const cuts: string = `rm -rf ${unneeded.join(' ')}`;
