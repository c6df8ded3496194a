import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../package-folder.ts';

/**
 * The keeper as one argument of `python -c`: no file needs to be there where it runs. Its modules are imported from the
 * text itself (a JSON object of ASCII strings is a Python dictionary too).
 */
export function pythonProgram(): string {
  const folder = join(packageFolder(), 'python', 'seaworthy_keeper');
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith('.py'))
    .map((name) => [name.slice(0, -3), readFileSync(join(folder, name), 'utf8')]);
  return `import sys
from importlib.machinery import ModuleSpec
SOURCES = ${JSON.stringify(Object.fromEntries(sources))}
class Shipped:
    def find_spec(self, name, path=None, target=None):
        return ModuleSpec(name, self) if name in SOURCES else None
    def create_module(self, spec):
        return None
    def exec_module(self, module):
        exec(compile(SOURCES[module.__name__], module.__name__ + ".py", "exec"), module.__dict__)
sys.meta_path.insert(0, Shipped())
import keeper
keeper.main(sys.argv[1:])
`;
}
