import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decodeSource } from '../../../src/first-import/project/decode-source.ts';
import { parseModule } from '../../../src/first-import/syntax/parse-module.ts';
import { findPythons } from '../../find-pythons.ts';

const PROGRAM = `
import ast, os, sys, warnings
warnings.simplefilter("ignore")
for folder, folders, files in os.walk(os.path.dirname(os.__file__)):
    folders[:] = [one for one in folders if one != "site-packages"]
    for name in files:
        if name.endswith(".py"):
            path = os.path.join(folder, name)
            try:
                with open(path, "rb") as file:
                    ast.parse(file.read())
            except (SyntaxError, ValueError):
                print("no", path)
            else:
                print("yes", path)
`;

const pythons = findPythons();

test.for([pythons[0]!, pythons.at(-1)!])(
  'every module of the standard library of Python 3.$minor parses',
  ({ path, minor }) => {
    const answers = execFileSync(path, ['-c', PROGRAM], { encoding: 'utf8', maxBuffer: 1e8 })
      .trim()
      .split('\n');
    const refused: string[] = [];
    let count = 0;
    for (const answer of answers) {
      const [accepted, file] = [answer.startsWith('yes '), answer.slice(answer.indexOf(' ') + 1)];
      if (!accepted) continue;
      count++;
      try {
        const { needs } = parseModule(decodeSource(readFileSync(file)));
        if (needs.minor > minor) refused.push(`${file}:${needs.line} needs 3.${needs.minor}`);
      } catch (error) {
        refused.push(`${file}: ${String(error)}`);
      }
    }
    expect(refused).toEqual([]);
    expect(count).toBeGreaterThan(500);
  },
);
