import { ts } from 'ts-morph';
import type { IgnoreComment, Problem } from '../model/import-graph.ts';
import { IGNORE_MARKER } from '../model/ignore-comment.ts';
import type { ImportRow } from '../model/import-table-builder.ts';
import { calledImports } from './called-imports.ts';
import { declaredImports } from './declared-imports.ts';
import type { FoundFile } from './find-source-files.ts';
import type { FoundImport } from './found-import.ts';
import { ignoreComments } from './ignore-comments.ts';
import type { ResolverContext, Target } from './module-resolver.ts';
import { parseFile, syntaxErrorOf } from './parse-file.ts';
import type { ProjectConfig } from './project-config.ts';
import type { ProjectFinder } from './project-finder.ts';
import { Project } from './project.ts';
import { readSource } from './read-source.ts';
import { valueNames } from './value-names.ts';

type ModuleTarget = Extract<Target, { kind: 'module' }>;

/** Reads one file after the other and keeps nothing of them but their imports. Numbers of modules are those of `moduleAt`. */
export class FileReader {
  readonly rows: ImportRow[] = [];
  readonly external = new Map<string, number>();
  readonly problems: Problem[] = [];
  readonly ignoreComments: IgnoreComment[] = [];
  readonly #finder: ProjectFinder;
  readonly #context: ResolverContext;
  readonly #projects = new Map<ProjectConfig, Project>();
  readonly #specifiers = new Map<string, string>();

  constructor(finder: ProjectFinder, context: ResolverContext) {
    this.#finder = finder;
    this.#context = context;
  }

  /** Reads module `index`. What is wrong with the file becomes a problem. */
  read(index: number, { path, real }: FoundFile): void {
    const { text, problem } = readSource(real);
    if (problem) this.problems.push({ ...problem, path: this.#context.nameOf(path) });
    if (text === undefined) return;
    try {
      this.#readText(index, path, real, text);
    } catch (error) {
      // The compiler's parser recurses; nesting of that depth is generated code.
      if (!(error instanceof RangeError)) throw error;
      const message = 'Nested too deeply to be parsed: its imports are missing';
      this.problems.push({ kind: 'syntax-error', path: this.#context.nameOf(path), message });
    }
  }

  #readText(index: number, path: string, real: string, text: string): void {
    const project = this.#projectOf(real);
    const file = parseFile(real, text);
    const error = syntaxErrorOf(file);
    if (error) this.problems.push({ ...error, path: this.#context.nameOf(path) });
    const erasure = project.erasureIn(real);
    const imports = [...declaredImports(file, erasure), ...calledImports(file, erasure.declarations)];
    const resolved = imports.flatMap((each) => {
      const target = this.#resolve(each, real, project);
      return target === undefined ? [] : [{ ...each, target }];
    });
    const kept = namesKept(file, resolved, project);
    for (const { target, position, statement, form, ...found } of resolved) {
      const at = file.getLineAndCharacterOfPosition(position);
      const isErased = found.erasableNames?.every((name) => !kept.has(name)) ?? false;
      const kind = isErased ? 'type-only' : found.kind;
      this.rows.push({
        from: index,
        to: kind === 'type-only' ? target.types : target.index,
        line: at.line + 1,
        column: at.character + 1,
        statementLine: file.getLineAndCharacterOfPosition(statement).line + 1,
        kind,
        form,
      });
    }
    if (!text.includes(IGNORE_MARKER)) return;
    for (const { position, ...comment } of ignoreComments(file)) {
      const line = file.getLineAndCharacterOfPosition(position).line + 1;
      this.ignoreComments.push({ module: index, line, ...comment });
    }
  }

  #resolve(found: FoundImport, real: string, project: Project): ModuleTarget | undefined {
    const target = project.resolver.resolve(this.#copyOf(found.specifier), real, found.syntax);
    if (target.kind === 'external') {
      this.external.set(target.name, (this.external.get(target.name) ?? 0) + 1);
    }
    return target.kind === 'module' ? target : undefined;
  }

  /** A part of a string keeps the whole alive, and the resolution cache keeps specifiers: without copies, every file's text. */
  #copyOf(specifier: string): string {
    let copy = this.#specifiers.get(specifier);
    if (copy === undefined) {
      copy = Buffer.from(specifier, 'utf16le').toString('utf16le');
      this.#specifiers.set(copy, copy);
    }
    return copy;
  }

  #projectOf(path: string): Project {
    const config = this.#finder.projectOf(path);
    let project = this.#projects.get(config);
    if (!project) {
      project = new Project(config, this.#context);
      this.#projects.set(config, project);
    }
    return project;
  }
}

function namesKept(
  file: ts.SourceFile,
  imports: readonly FoundImport[],
  project: Project,
): ReadonlySet<string> {
  const names = new Set(imports.flatMap((each) => each.erasableNames ?? []));
  return names.size === 0 ? names : valueNames(file, names, project.valueRules);
}
