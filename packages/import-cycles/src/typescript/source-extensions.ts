const SOURCE = /\.[cm]?[jt]s$|\.[jt]sx$/;
const DECLARATION = /\.d\.[cm]?ts$|\.d\.[^./]+\.ts$/;
const TYPESCRIPT = /\.[cm]?ts$|\.tsx$/;

/** Whether a file is TypeScript or JavaScript source by its name: `.ts .tsx .mts .cts .js .jsx .mjs .cjs`, `.d.ts` included. */
export function isSourceFile(name: string): boolean {
  return SOURCE.test(name);
}

/** Whether a file holds declarations only (`.d.ts`, `.d.mts`, `.d.cts`, `x.d.css.ts`): nothing in it is ever executed. */
export function isDeclarationFile(name: string): boolean {
  return DECLARATION.test(name);
}

/** Whether a compiler erases what is only a type in it. */
export function isTypeScriptFile(name: string): boolean {
  return TYPESCRIPT.test(name);
}

const SOURCES_OF_OUTPUT: ReadonlyMap<string, readonly string[]> = new Map([
  ['js', ['ts', 'tsx', 'js', 'jsx']],
  ['jsx', ['tsx', 'jsx']],
  ['mjs', ['mts', 'ts', 'tsx', 'mjs', 'js']],
  ['cjs', ['cts', 'ts', 'tsx', 'cjs', 'js']],
  ['d.ts', ['ts', 'tsx', 'js', 'jsx']],
  ['d.mts', ['mts', 'ts', 'tsx', 'mjs']],
  ['d.cts', ['cts', 'ts', 'tsx', 'cjs']],
]);

/** Names that the source of a compiled file may have beside it: `x.js` comes from `x.ts`, `x.tsx`, … */
export function sourceNamesOf(output: string): readonly string[] {
  const match = /^(.*?)\.((?:d\.)?[cm]?[jt]sx?)$/.exec(output);
  if (!match) return [`${output}.ts`, `${output}.tsx`, `${output}/index.ts`, `${output}.js`];
  const [, stem, extension = ''] = match;
  return [...(SOURCES_OF_OUTPUT.get(extension) ?? [extension]).map((name) => `${stem}.${name}`)];
}
