import { blankSource } from './blank-source.ts';

/** An import that may fail: `try: import x` with `except ImportError`. */
export interface OptionalImport {
  /** What it binds is used elsewhere in the file too, and not only whether it succeeded. */
  readonly isUsed: boolean;
}

const FAILS = /^except\b(?=.*\b(?:ImportError|ModuleNotFoundError|Exception)\b|[ \t]*:)/;

/**
 * Whether the import of a module at a line stands in a `try` that is content when it fails.
 *
 * @param line 1-based
 */
export function optionalImport(source: string, line: number, module: string): OptionalImport | undefined {
  const lines = blankSource(source).split('\n');
  // A statement of several lines is one line of a blank source, which begins where the statement does.
  const numbers: number[] = [];
  let at = 1;
  let offset = 0;
  for (const text of lines) {
    numbers.push(at);
    at += source.slice(offset, offset + text.length + 1).split('\n').length - 1;
    offset += text.length + 1;
  }
  const own = numbers.findLastIndex((number) => number <= line);
  const text = lines[own];
  if (text === undefined) return undefined;
  const indent = indentOf(text);
  const above = lines.slice(0, own).findLastIndex((other) => other.trim() !== '' && indentOf(other) < indent);
  const opening = lines[above];
  if (opening === undefined || !/^try[ \t]*:/.test(opening.trim())) return undefined;
  const below = lines
    .slice(own + 1)
    .find((other) => other.trim() !== '' && indentOf(other) <= indentOf(opening));
  if (below === undefined || !FAILS.test(below.trim())) return undefined;
  return { isUsed: isUsed(lines, own, module) };
}

/** By the name that `import a.b as c` or `import a.b` binds; one that `from` binds is taken to be used. */
function isUsed(lines: readonly string[], own: number, module: string): boolean {
  const escaped = module.replaceAll('.', String.raw`\.`);
  const bound = new RegExp(`\\bimport[ \\t]+${escaped}(?:\\.[\\w.]+)?(?:[ \\t]+as[ \\t]+(\\w+))?`).exec(
    lines[own] ?? '',
  );
  if (bound === null) return true;
  const name = bound[1] ?? module.split('.')[0] ?? module;
  const use = new RegExp(`(?<![\\w.])${name}(?!\\w)`);
  return lines.some((line, at) => at !== own && use.test(line));
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
