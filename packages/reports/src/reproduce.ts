import { relative } from 'node:path';
import type { ScenarioResult } from '@seaworthy/scenario';
import type { RunRecord } from '@seaworthy/run-record';

/** The one command that runs a scenario again under the same conditions. */
export function reproduceCommand(record: RunRecord, result: ScenarioResult): string {
  const words = ['npx', 'seaworthy', 'validate', result.id, ...placeOf(record)];
  for (const [name, source] of Object.entries(result.limitSources)) {
    if (source === LIMIT_OPTION) words.push('--limit', `${result.id}.${name}=${String(result.limits[name])}`);
  }
  words.push('--seed', String(record.seed));
  return words.map(shellWord).join(' ');
}

/** As a person would type it in the folder where the run was started. */
function placeOf({ project, invocation }: RunRecord): readonly string[] {
  const root = relativeTo(invocation?.workingFolder, project.root);
  // A record that does not say how the run was asked for is met with everything it says.
  const python = invocation === undefined ? project.python?.executable : invocation.python;
  const configuration = invocation === undefined ? project.configuration : invocation.configuration;
  return [
    ...(root === '' ? [] : ['--project', root]),
    ...(python === undefined ? [] : ['--python', python]),
    ...(configuration === undefined ? [] : ['--config', configuration]),
    ...(invocation?.subject === undefined ? [] : ['--subject', invocation.subject]),
  ];
}

function relativeTo(folder: string | undefined, path: string): string {
  const shorter = folder === undefined ? '..' : relative(folder, path);
  return shorter.split('/')[0] === '..' ? path : shorter;
}

/** Source of a limit that was given on the command line. */
export const LIMIT_OPTION = '--limit';

/** Quotes a word for a POSIX shell; control characters in the form that bash, zsh and ksh read. */
function shellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (!/\p{Cc}/u.test(word)) return `'${word.replaceAll("'", `'\\''`)}'`;
  const escaped = word.replace(
    /[\\'\p{Cc}]/gu,
    (character) => `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`,
  );
  return `$'${escaped}'`;
}
