import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILES = 1000;
const FOLDERS = 25;
const CYCLES = 12;
const TYPE_CYCLES = 8;

/**
 * Writes a project of 1,000 modules that import earlier ones, through aliases and relative paths by turns, with 12 cycles of
 * 2 to 7 modules, and 8 that only types close. Modules of a cycle import nothing else of a later one, so that these are all.
 * Returns what is known of it.
 */
export function generateProject(folder: string): string {
  for (let n = 0; n < FOLDERS; n++) mkdirSync(join(folder, `src/part${n}`), { recursive: true });
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: { module: 'esnext', moduleResolution: 'bundler', paths: { '@app/*': ['./src/*'] } },
    }),
  );
  writeFileSync(join(folder, 'package.json'), '{ "name": "generated", "type": "module" }');
  const closing = new Map<number, { to: number; isType: boolean }>();
  for (let cycle = 0; cycle < CYCLES + TYPE_CYCLES; cycle++) {
    const first = 40 + cycle * 45;
    closing.set(first, { to: first + 1 + (cycle % 6), isType: cycle >= CYCLES });
  }
  for (let n = 0; n < FILES; n++) writeFileSync(join(folder, pathOf(n)), moduleText(n, closing.get(n)));
  return `${CYCLES} knots at import time, ${CYCLES + TYPE_CYCLES} with types`;
}

function pathOf(n: number): string {
  return `src/part${n % FOLDERS}/module${n}.ts`;
}

function moduleText(n: number, closing: { to: number; isType: boolean } | undefined): string {
  const lines: string[] = [];
  // The one before keeps a cycle's chain together; the others jump back to before any cycle that could be closed twice.
  const targets = new Set(
    [n - 1, n % 40, (n * 7) % 40, (n * 13) % 40].filter((each) => each >= 0 && each < n),
  );
  for (const to of targets) lines.push(`import { value${to} } from '${specifier(n, to)}';`);
  if (closing) {
    const { to, isType } = closing;
    lines.push(
      isType
        ? `import { type Shape${to} } from '${specifier(n, to)}';`
        : `import { value${to}, Shape${to} } from '${specifier(n, to)}';`,
    );
  }
  lines.push('', `export interface Shape${n} { readonly id: number; readonly parts: readonly string[] }`, '');
  if (closing) lines.push(`export const later${n} = (shape: Shape${closing.to}) => shape.id;`);
  const sum = [...targets, ...(closing && !closing.isType ? [closing.to] : [])].map((to) => `value${to}()`);
  lines.push(`export function value${n}(): number {`, `  return ${sum.join(' + ') || '1'};`, '}');
  for (let part = 0; part < 12; part++) lines.push(...functionText(n, part));
  return `${lines.join('\n')}\n`;
}

function functionText(n: number, part: number): string[] {
  return [
    '',
    `/** Keeps import text out of reach: import('./none') and require('./none') are words in a comment. */`,
    `export const step${n}x${part} = (shape: Shape${n}, limit = ${part}): string[] => {`,
    `  const found = shape.parts.filter((each) => each.length > limit).map((each) => \`\${each} from './none'\`);`,
    `  if (found.length === 0) throw new Error("import './none' has nothing");`,
    `  return found.sort((a, b) => (a < b ? -1 : 1));`,
    '};',
  ];
}

function specifier(from: number, to: number): string {
  if ((from + to) % 2 === 0) return `@app/part${to % FOLDERS}/module${to}`;
  return from % FOLDERS === to % FOLDERS ? `./module${to}` : `../part${to % FOLDERS}/module${to}`;
}
