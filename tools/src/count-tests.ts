/** Adds up what the test targets wrote and prints one closing line; fails where a project has no results or a test was skipped. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

interface Results {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}

const workspace = join(import.meta.dirname, '../..');
let passed = 0;
let failed = 0;
let skipped = 0;
const projects = ['packages', 'apps'].flatMap((group) =>
  readdirSync(join(workspace, group)).map((name) => join(group, name)),
);
for (const folder of [...projects, 'tools']) {
  const file = join(workspace, folder, 'out-test/results.json');
  if (!existsSync(file)) {
    console.error(`${folder} has no test results: expected ${file}`);
    process.exitCode = 1;
    continue;
  }
  const results = JSON.parse(readFileSync(file, 'utf8')) as Results;
  passed += results.numPassedTests;
  failed += results.numFailedTests;
  skipped += results.numPendingTests + results.numTodoTests;
}
if (failed > 0 || skipped > 0 || passed === 0) process.exitCode = 1;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
