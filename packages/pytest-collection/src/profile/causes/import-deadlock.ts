import { formatDuration } from '../../formats/quantity.ts';
import type { CollectionOutcome } from '../../model/collection-outcome.ts';
import type { ProfileCause } from '../../model/collection-profile.ts';
import type { ThreadStack } from '../../model/thread-stack.ts';
import { projectPath } from '../parts/project-path.ts';
import type { ReadSource } from '../source/read-source.ts';
import { isForeign } from './import-path.ts';

/** In these Python waits for another thread to be through with importing a module. */
const WAITS_FOR_MODULE: ReadonlySet<string> = new Set(['acquire', '_lock_unlock_module', '__enter__']);

/**
 * A module that waits, while it is imported, for a thread which needs that module, or one that imports it: each waits for
 * the other. Seen in the two stacks.
 */
export function importDeadlock(
  { afterMs, stacks }: Extract<CollectionOutcome, { kind: 'timed-out' }>,
  { root, readSource }: { readonly root: string; readonly readSource: ReadSource },
): ProfileCause | undefined {
  const [main, ...others] = stacks;
  const importer = others.find(waitsForModule);
  const waiting = main?.frames.find(({ path }) => !isForeign(path, root));
  const inModule = main?.frames.some(
    ({ path, function: name }) => name === '<module>' && !isForeign(path, root),
  );
  if (importer === undefined || waiting === undefined || inModule !== true) return undefined;
  const show = projectPath(root);
  const place = `${show(waiting.path)}:${waiting.line}`;
  const wants = importer.frames.find(({ path }) => !isForeign(path, root));
  const line = wants && readSource(wants.path)?.split('\n')[wants.line - 1]?.trim();
  const thread = /^(?:0x|\d)/.test(importer.thread) ? 'a thread' : `the thread ${importer.thread}`;
  return {
    id: 'import-deadlock',
    message:
      `did not end within ${formatDuration(afterMs)}: the import at ${place} waits for ${thread}, which waits` +
      `${wants === undefined ? '' : ` at ${show(wants.path)}:${wants.line}`} for a module that is still being imported: neither can go on`,
    certainty: 'certain',
    evidence: [
      `the main thread stands at ${place} in ${waiting.function}`,
      ...(wants === undefined
        ? []
        : [`${thread} stands at ${show(wants.path)}:${wants.line}${line === undefined ? '' : `: ${line}`}`]),
    ],
    fix: 'start the thread in a fixture or function, when the module has been imported, or let it import nothing that is still being imported',
    location: { path: show(waiting.path), line: waiting.line },
  };
}

function waitsForModule({ frames }: ThreadStack): boolean {
  const [innermost] = frames;
  return (
    innermost !== undefined &&
    WAITS_FOR_MODULE.has(innermost.function) &&
    /importlib[./\\]_bootstrap/.test(innermost.path)
  );
}
