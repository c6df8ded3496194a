import type { Finding } from '@seaworthy/scenario';
import type { CauseId, ProfileCause } from '../../model/collection-profile.ts';

/** Which code a cause is reported under. */
const CODES: Readonly<Record<CauseId, string>> = {
  'heavy-import': 'COL061',
  'heavy-conftest': 'COL061',
  'waits-at-import': 'COL061',
  'import-deadlock': 'COL061',
  'expensive-plugin': 'COL061',
  'slow-hook': 'COL061',
  'end-of-session-gc': 'COL061',
  'bytecode-never-cached': 'COL061',
  'walks-in-vain': 'COL061',
  'slow-file-system': 'COL061',
  'emulated-processor': 'COL061',
  'killed-for-memory': 'COL062',
  'hidden-exit-code': 'COL062',
  'workers-exceed-memory': 'COL062',
  'memory-grows': 'COL062',
  'small-shared-memory': 'COL062',
  'parametrize-explosion': 'COL063',
  'mostly-deselected': 'COL063',
  'workers-exceed-cpus': 'COL064',
  'descriptor-limit': 'COL064',
  'init-ignores-signals': 'COL064',
  musl: 'COL064',
  'extension-missing': 'COL064',
  'symlink-loop': 'COL064',
  'leftover-thread': 'COL065',
  'leftover-child': 'COL065',
};

/** Every cause that a profile names, as a warning with its fix. */
export function causeFindings(causes: readonly ProfileCause[]): Finding[] {
  return causes.map(({ id, message, certainty, savesMs, savesBytes, evidence, fix, location }) => ({
    code: CODES[id],
    severity: 'warning',
    message,
    ...(savesMs !== undefined
      ? { measured: { value: savesMs, unit: 'ms' } }
      : savesBytes !== undefined
        ? { measured: { value: savesBytes, unit: 'bytes' } }
        : {}),
    ...(location === undefined ? {} : { location }),
    evidence: [...evidence],
    cause: { text: id.replaceAll('-', ' '), certainty },
    fix: { text: fix, ...(location === undefined ? {} : { location }) },
  }));
}
