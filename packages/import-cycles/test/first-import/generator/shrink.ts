import type { GeneratedProject } from './generate-project.ts';

/**
 * The project with every top-level statement taken out that is not needed for `fails` to stay true, so that a reader sees
 * why a prediction was wrong.
 */
export async function shrink(
  project: GeneratedProject,
  fails: (smaller: GeneratedProject) => Promise<boolean>,
): Promise<GeneratedProject> {
  let smallest = project;
  for (let removed = true; removed;) {
    removed = false;
    for (let index = 0; index < smallest.modules.length; index++) {
      for (let at = 0; at < statementsOf(smallest.modules[index]!.source).length;) {
        const candidate = without(smallest, index, at);
        if (await fails(candidate)) {
          smallest = candidate;
          removed = true;
        } else at++;
      }
    }
  }
  return smallest;
}

function without(project: GeneratedProject, module: number, statement: number): GeneratedProject {
  return {
    modules: project.modules.map((one, index) =>
      index === module ? { ...one, source: statementsOf(one.source).toSpliced(statement, 1).join('') } : one,
    ),
  };
}

/** Top-level statements, each with its lines. */
function statementsOf(source: string): string[] {
  const statements: string[] = [];
  let decorated = false;
  for (const line of source.split(/(?<=\n)/)) {
    const continues = /^(?:\s|else:|elif |except|finally:|[)\]}]|$)/.test(line) || decorated;
    if (continues && statements.length > 0) statements[statements.length - 1] += line;
    else statements.push(line);
    decorated = line.startsWith('@');
  }
  return statements.filter((statement) => statement !== '');
}
