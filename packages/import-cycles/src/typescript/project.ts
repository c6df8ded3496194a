import { ts } from 'ts-morph';
import type { ErasureRules } from './declared-imports.ts';
import { ModuleResolver } from './module-resolver.ts';
import type { ResolverContext } from './module-resolver.ts';
import type { ProjectConfig } from './project-config.ts';
import { isDeclarationFile, isTypeScriptFile } from './source-extensions.ts';
import type { ValueRules } from './value-names.ts';

/** What a config means for the files that it governs. */
export class Project {
  readonly resolver: ModuleResolver;
  readonly valueRules: ValueRules;
  readonly #keepsUnused: boolean;

  constructor(config: ProjectConfig, context: ResolverContext) {
    const { options } = config;
    this.resolver = new ModuleResolver(config, context);
    this.valueRules = {
      decoratorMetadata: options.emitDecoratorMetadata === true,
      jsxNames: jsxNamesOf(options),
    };
    this.#keepsUnused =
      options.verbatimModuleSyntax === true ||
      options['preserveValueImports'] === true ||
      // 0 is `remove`, the default; `preserve` and `error` keep the import for its effect.
      Boolean(options['importsNotUsedAsValues']);
  }

  /** JavaScript is executed as written; in TypeScript imports of types vanish, unless the config keeps them. */
  erasureIn(path: string): ErasureRules {
    return {
      verbatim: this.#keepsUnused || !isTypeScriptFile(path),
      declarations: isDeclarationFile(path),
    };
  }
}

/** The automatic runtimes import their own functions; the classic one calls what is in scope. */
function jsxNamesOf(options: ts.CompilerOptions): readonly string[] {
  if (options.jsx === ts.JsxEmit.ReactJSX || options.jsx === ts.JsxEmit.ReactJSXDev) return [];
  const factory = options.jsxFactory ?? options.reactNamespace ?? 'React';
  const names = options.jsxFragmentFactory === undefined ? [factory] : [factory, options.jsxFragmentFactory];
  return names.map((each) => each.split('.', 1)[0]!);
}
