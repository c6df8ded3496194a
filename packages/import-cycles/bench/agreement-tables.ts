import type { FoundPython } from '../test/find-pythons.ts';
import { Tally } from '../test/first-import/generator/tally.ts';

/** The results as Markdown. */
export function agreementTables(
  tallies: readonly (readonly [FoundPython, Tally])[],
  forms: ReadonlyMap<string, number>,
  seed: number,
): string {
  const all = new Tally();
  for (const [, tally] of tallies) all.merge(tally);
  const cell = (key: string) => String(all.confusion.get(key) ?? 0);
  return `# Predicted first imports against CPython

Written by \`bench/agreement.ts\` (seed ${seed}). Every module of randomly generated projects was predicted, and imported first in an
interpreter of its own (forked from one that had imported nothing).

| | really ok | really crashes |
|---|---:|---:|
| **predicted ok** | ${cell('ok/ok')} | ${cell('ok/crash')} |
| **predicted crash** | ${cell('crash/ok')} | ${cell('crash/crash')} |

| Python | modules | crash | same outcome | and same error, file, line | and same message and chain | certain predictions | of these right |
|---|---:|---:|---:|---:|---:|---:|---:|
${[...tallies.map(([{ minor }, tally]) => row(`3.${minor}`, tally)), row('**all**', all)].join('\n')}

What the crashes are: ${list(all.errors)}.

"Certain" are predictions that name no assumption. An assumption is, above all, which way a condition went that the source does
not tell (\`os.environ.get(…)\`, \`os.path.exists(…)\`, \`os.getpid() > 0\`; "unknown condition" below): it is taken to go the way that
does not raise, which is a coin toss here, where such conditions are true as often as false and guard code that fails as often as not.

## What was generated

How often each form was written: ${list(forms)}.

Projects have 3 to 20 modules: packages nested up to three deep, some of them namespace packages, and top-level modules. Syntax is
limited to that of the Python that judges.

Left out, since the outcome would depend on more than the source, or since no CPython here has it: threads that import,
import hooks and path hooks, \`exec\` of computed source, C extension modules, \`importlib.reload\`, zip files, PEP 810
\`lazy import\`, and Python 3.14's deferred annotations.
`;
}

function row(name: string, tally: Tally): string {
  const share = (part: number, of = tally.modules) => `${((100 * part) / of).toFixed(2)} %`;
  const cells = [
    tally.modules, share(tally.crashes), share(tally.sameOutcome), share(tally.sameError), share(tally.sameInAll),
    tally.certain, share(tally.certainlyRight, tally.certain),
  ]; // prettier-ignore
  return `| ${name} | ${cells.join(' | ')} |`;
}

function list(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .sort(([, left], [, right]) => right - left)
    .map(([name, count]) => `${/[_*]/.test(name) ? `\`${name}\`` : name} ${count}`)
    .join(', ');
}
