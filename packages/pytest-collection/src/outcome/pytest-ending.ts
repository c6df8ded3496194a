import type { CollectionOutcome } from '../model/collection-outcome.ts';
import type { PytestEnding, Recording } from '../model/recording.ts';
import { isClosedDescriptor } from './closed-descriptor.ts';
import type { Ending } from './ending.ts';

/** What pytest said of its own end; `undefined` where it did not come so far. */
export function classifyPytestEnding(ending: Ending): CollectionOutcome | undefined {
  const { recording } = ending;
  const said = recording.ending;
  if (said === undefined) return undefined;
  switch (said.kind) {
    case 'interrupted':
    case 'exit':
      return stoppedForErrors(ending, said) ?? interrupted(ending, said);
    case 'internal-error':
      return failedConftest(ending, said) ?? pluginFailure(said, culprit(said, recording));
    case 'usage-error':
      return failedConftest(ending, said) ?? usageError(said);
    case 'stopped':
    case 'finished':
      return caughtInterruption(ending) ?? cameToItsEnd(recording);
  }
}

/** pytest calls it an interruption too when files could not be collected. */
function stoppedForErrors(ending: Ending, said: PytestEnding): CollectionOutcome | undefined {
  const forErrors = said.kind === 'interrupted' && /^\d+ errors? during collection/.test(said.reason ?? '');
  if (!forErrors) return undefined;
  return caughtInterruption(ending) ?? { kind: 'errors', errors: ending.recording.errors };
}

/** pytest before 8 takes Ctrl-C in a test file for an error of that file, and goes on with the next. */
function caughtInterruption({ recording, interruptedBy }: Ending): CollectionOutcome | undefined {
  const caught = recording.errors.find(({ type }) => type === 'KeyboardInterrupt');
  if (caught === undefined) return undefined;
  const { path, nodeId } = caught;
  const at = {
    phase: 'collect',
    nodeId,
    ...(path === undefined ? {} : { path }),
    atMs: recording.last.atMs,
  } as const;
  return { kind: 'interrupted', by: interruptedBy ?? 'SIGINT', at };
}

function interrupted({ recording, interruptedBy, exit }: Ending, said: PytestEnding): CollectionOutcome {
  const exited = said.kind === 'exit' ? `pytest.exit: ${said.reason ?? ''}`.replace(/: $/, '') : undefined;
  const by = exited ?? interruptedBy ?? exit.signal ?? 'SIGINT';
  return { kind: 'interrupted', by, at: said.at ?? recording.last };
}

function pluginFailure(said: PytestEnding, inFile: string | undefined): CollectionOutcome {
  const { reason, traceback } = said;
  return {
    kind: 'plugin-failure',
    message: reason ?? 'an internal error of pytest',
    ...(traceback === undefined ? {} : { traceback }),
    ...(inFile === undefined ? {} : { path: inFile }),
  };
}

const STANDARD_LIBRARY = /[/\\]lib(?:64)?[/\\]python3\.\d+[/\\](?!(?:site|dist)-packages[/\\])/;
const MACHINERY = /[/\\](?:_pytest|pluggy|seaworthy_collect)[/\\]|[/\\]collect_main\.py$/;

/**
 * The file whose fault an internal error is. The standard library raises on behalf of others: of who called it, or, where
 * a descriptor was closed behind pytest's back, of who ran before.
 */
function culprit(
  { raisedIn, traceback = '', reason = '' }: PytestEnding,
  recording: Recording,
): string | undefined {
  if (raisedIn === undefined || !STANDARD_LIBRARY.test(raisedIn)) return raisedIn;
  const frames = traceback.matchAll(/^ *(?:INTERNALERROR> *)?File "([^"]+)", line \d+/gm);
  const caller = [...frames]
    .map(([, path = '']) => path)
    .findLast((path) => path.startsWith('/') && !STANDARD_LIBRARY.test(path) && !MACHINERY.test(path));
  return caller ?? (isClosedDescriptor(reason) ? recording.conftests.at(-1)?.path : undefined);
}

/** A conftest that cannot be imported is for pytest a mistake on the command line, or nothing that it expects at all. */
function failedConftest(ending: Ending, said: PytestEnding): CollectionOutcome | undefined {
  const failed = ending.recording.conftests.findLast((conftest) => conftest.failed);
  if (failed === undefined) return undefined;
  const exited = /^Exit: (.*)/.exec(said.reason ?? '')?.[1];
  if (exited === undefined) return pluginFailure(said, failed.path);
  return interrupted(ending, { ...said, kind: 'exit', reason: exited });
}

function usageError({ reason }: PytestEnding): CollectionOutcome {
  return { kind: 'usage-error', message: reason ?? 'pytest does not take these arguments' };
}

function cameToItsEnd({ errors, items }: Recording): CollectionOutcome {
  if (errors.length > 0) return { kind: 'errors', errors };
  if (items === undefined || items.found > items.deselected) return { kind: 'finished' };
  return { kind: 'nothing-collected', deselected: items.deselected };
}
