import type { ScenarioResult } from '@seaworthy/scenario';
import type { RunRecord } from '@seaworthy/run-record';

/** The one command that runs a scenario again under the same conditions. */
export function reproduceCommand(record: RunRecord, result: ScenarioResult): string {
  const { project, seed } = record;
  const words = ['npx', 'seaworthy', 'validate', result.id, '--project', project.root];
  if (project.python !== undefined) words.push('--python', project.python.executable);
  if (project.configuration !== undefined) words.push('--config', project.configuration);
  for (const [name, source] of Object.entries(result.limitSources)) {
    if (source === LIMIT_OPTION) words.push('--limit', `${result.id}.${name}=${String(result.limits[name])}`);
  }
  words.push('--seed', String(seed));
  return words.map(shellWord).join(' ');
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
