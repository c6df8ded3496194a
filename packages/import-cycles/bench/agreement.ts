/**
 * How often predicted first imports happen as predicted, judged by every CPython of this machine:
 *
 *     node --conditions=@seaworthy/source bench/agreement.ts [--modules 10000] [--seed 1] [--python PATH]… [--write FILE]
 *
 * Prints (or writes) the tables; wrong predictions are shrunk and printed to standard error.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compareProject, type Comparison } from '../test/first-import/generator/compare.ts';
import { generateProject } from '../test/first-import/generator/generate-project.ts';
import { Judge } from '../test/first-import/generator/judge.ts';
import { shrink } from '../test/first-import/generator/shrink.ts';
import { Tally } from '../test/first-import/generator/tally.ts';
import { findPythons, type FoundPython } from '../test/find-pythons.ts';
import { agreementTables } from './agreement-tables.ts';

const { values } = parseArgs({
  options: {
    modules: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    python: { type: 'string', multiple: true },
    write: { type: 'string' },
    shrink: { type: 'string', default: '5' },
  },
});

const wanted = values.python;
const pythons = findPythons().filter(
  ({ path, minor }) => wanted === undefined || wanted.some((one) => one === path || one === `3.${minor}`),
);
const forms = new Map<string, number>();
const tallies = new Map<FoundPython, Tally>();
let toShrink = Number(values.shrink);

async function judgeVersion(python: FoundPython, modules: number): Promise<void> {
  const tally = new Tally();
  tallies.set(python, tally);
  await using judge = new Judge(python.path);
  for (let seed = Number(values.seed) * 1_000_000 + python.minor * 100_000; tally.modules < modules; seed++) {
    const comparisons = await compareProject(generateProject(seed, python.minor, forms), judge, python.minor);
    for (const comparison of comparisons) {
      tally.add(comparison);
      if (!comparison.sameOutcome || (!comparison.sameError && comparison.predicted.assumption === undefined))
        await show(comparison, seed, python, judge);
    }
  }
}

async function show(
  { predicted, tried, sameOutcome }: Comparison,
  seed: number,
  { minor }: FoundPython,
  judge: Judge,
): Promise<void> {
  console.error(
    `\n${sameOutcome ? 'Another error' : 'WRONG'}: ${predicted.module}, seed ${seed}, Python 3.${minor}`,
  );
  if (toShrink-- <= 0) return;
  const stillFails = async (smaller: ReturnType<typeof generateProject>): Promise<boolean> => {
    const [comparison] = await compareProject(smaller, judge, minor, predicted.module);
    return sameOutcome
      ? comparison!.sameOutcome &&
          !comparison!.sameError &&
          comparison!.tried.error?.type === tried.error?.type
      : !comparison!.sameOutcome && comparison!.tried.error?.type === tried.error?.type;
  };
  const { modules } = await shrink(generateProject(seed, minor), stillFails);
  for (const { path, source } of modules) if (source.trim() !== '') console.error(`--- ${path}\n${source}`);
  const [comparison] = await compareProject({ modules }, judge, minor, predicted.module);
  console.error(
    'predicted',
    JSON.stringify(comparison!.predicted.error),
    comparison!.predicted.assumption ?? '',
  );
  console.error('tried    ', JSON.stringify(comparison!.tried.error));
}

const share = Math.ceil(Number(values.modules) / pythons.length);
const queue = [...pythons];
await Promise.all(
  [1, 2].map(async () => {
    for (let python = queue.shift(); python; python = queue.shift()) await judgeVersion(python, share);
  }),
);
const text = agreementTables(
  [...tallies].sort(([left], [right]) => left.minor - right.minor),
  forms,
  Number(values.seed),
);
if (values.write === undefined) console.log(text);
else writeFileSync(values.write, text);
