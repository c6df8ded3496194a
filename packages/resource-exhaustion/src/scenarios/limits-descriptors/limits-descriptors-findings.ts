import type { FindingCatalogue } from '@seaworthy/scenario';

/** What limits/descriptors can find. */
export const limitsDescriptorsFindings = {
  LIM020: {
    title: 'descriptors refused at another number than the limit',
    meaning:
      'Files were opened until the kernel refused, and it refused at another number than the limit of open files that is in force (RLIMIT_NOFILE), counted from outside of the process; or with another error than EMFILE. Then something else is the limit: it will be met at a time that nobody chose.',
    causes: [
      'The machine’s own limit (`fs.file-max`, error ENFILE) or a quota of memory is reached first.',
      'A soft limit that the program raises by itself at its start.',
    ],
    fixes: [
      'Set soft and hard limit to the same value: `ulimits: {nofile: {soft: 1024, hard: 1024}}` in the compose file, `docker run --ulimit nofile=1024:1024`.',
      'See `cat /proc/PID/limits` of the process in question.',
    ],
  },
  LIM021: {
    title: 'no answer while no descriptor is left',
    meaning:
      'While the process had all its descriptors open, it could not be asked how it is: it had kept none back. Errors are then in disguise as well (`tempfile` says ENOENT, `import` says ModuleNotFoundError, a health check says nothing), so the program looks broken in places that are fine.',
    causes: [
      'A health check that opens a file, a socket or a process, in the process that has none left.',
      'No descriptor kept in reserve for logging and control.',
    ],
    fixes: [
      'Open log files, control sockets and /dev/null at the start, and keep one to give up when EMFILE comes.',
      'Let the health check run in a process of its own (`HEALTHCHECK CMD` in the Dockerfile does, with its own limit).',
    ],
  },
  LIM022: {
    title: 'descriptors that are not given back',
    meaning:
      'All files were closed again, and the process has more descriptors open than before, counted from outside. With every round a few more stay, until a test far away gets "Too many open files".',
    causes: [
      'Files, sockets or pipes that are opened without `with` and closed by chance (garbage collection).',
      'A path through an error on which `close` is left out.',
    ],
    fixes: [
      'Open in a `with` block; run tests with `-W error::ResourceWarning` and `python -X dev` to see each one that is not closed.',
      'See what is open: `ls -l /proc/PID/fd` from another process.',
    ],
  },
  LIM023: {
    title: 'no files or processes after descriptors were given back',
    meaning:
      'Descriptors had been used up and were given back, and the process still could not open a file, start a program or import a module. Being at the limit once has broken it for good.',
    causes: [
      'Descriptors are not given back in truth (see LIM022).',
      'A library that met EMFILE and remembers the error: a cache of failed imports, a pool that marks itself as closed.',
    ],
    fixes: [
      'End and restart a process that has met EMFILE: `restart: on-failure` in the compose file, `--max-worker-restart` for pytest-xdist.',
    ],
  },
  LIM024: {
    title: 'limit of open files that protects nobody',
    meaning:
      'The limit of open files is so high that memory or the machine ends before it: a leak of descriptors is not seen in tests and falls on everybody. Some programs also loop over all possible descriptors at every start of a process, and take minutes with a limit of a million.',
    causes: ["The engine's default: `nofile=1048576`, or `infinity` in docker.service."],
    fixes: [
      'Set a limit that tests can reach: `ulimits: {nofile: 1024}` in the compose file, `docker run --ulimit nofile=1024:1024`.',
    ],
  },
} as const satisfies FindingCatalogue;
