import type { ModuleWriter } from './module-writer.ts';
import type { PlannedModule } from './project-layout.ts';

type Form = readonly [weight: number, name: string, write: (writer: ModuleWriter) => void];

/** Names of the containers that every module means to bind. */
export function containersOf(module: PlannedModule): { readonly list: string; readonly table: string } {
  const tag = module.classes[0]!.slice('Type_'.length);
  return { list: `registry_${tag}`, table: `seen_${tag}` };
}

/** Modules that change what others hold, and that do something else once it has changed. */
export const STATE_FORMS: readonly Form[] = [
  [4, 'container of another module changed', change],
  [4, 'container of another module tested', test],
  [1, 'field of a foreign class set', setAttribute],
  [1, 'field of a foreign class tested', testAttribute],
  [0.3, 'foreign list consumed', (w) => w.write(`${w.fresh()} = ${hold(w).list}.pop()`)],
  [1, 'loop over a foreign container', loop],
];

/** Imports another module (the package above, above all: it is there however one begins) and says where its state is. */
function hold(writer: ModuleWriter): { module: string; target: PlannedModule; list: string; table: string } {
  const { random } = writer;
  const above = writer.modules.filter(
    ({ name, isPackage }) => isPackage && writer.module.name.startsWith(`${name}.`),
  );
  const target = above.length > 0 && random.chance(0.7) ? random.pick(above) : writer.target();
  const module = writer.fresh('held');
  writer.write(`import ${target.name} as ${module}`);
  const { list, table } = containersOf(target);
  return { module, target, list: `${module}.${list}`, table: `${module}.${table}` };
}

function change(writer: ModuleWriter): void {
  const { list, table } = hold(writer);
  const own = `"${writer.module.name}"`;
  writer.write(
    writer.random.pick([
      `${list}.append(${own})`,
      `${list}.insert(0, ${own})`,
      `${list}.extend([${own}, 1])`,
      `${list} += [${own}]`,
      `${list}.clear()`,
      `${table}[${own}] = 1`,
      `${table}.setdefault(${own}, []).append(1)`,
      `${table}.update({${own}: 2})`,
      `${table}.pop(${own}, None)`,
      `${table}["inner"].append(${own})`,
    ]),
  );
}

function test(writer: ModuleWriter): void {
  const { random } = writer;
  const { list, table } = hold(writer);
  const other = random.pick(writer.modules).name;
  writer.write(
    `if ${random.pick([
      `${list}`,
      `not ${list}`,
      `len(${list}) > 1`,
      `"${other}" in ${list}`,
      `"${other}" in ${table}`,
      `${table}.get("${other}") is not None`,
      `len(${table}["inner"]) == 1`,
    ])}:`,
    `    ${random.chance(0.5) ? `raise ValueError("${writer.fresh('changed')}")` : `${writer.fresh()} = ${writer.use()}`}`,
  );
}

function setAttribute(writer: ModuleWriter): void {
  const { module, target } = hold(writer);
  writer.write(`${module}.${target.classes[0]!}.field = "${writer.random.pick(['changed', 'otherwise'])}"`);
}

function testAttribute(writer: ModuleWriter): void {
  const { module, target } = hold(writer);
  writer.write(
    `if ${module}.${target.classes[0]!}.field == "changed":`,
    `    raise ValueError("${writer.fresh('changed')}")`,
  );
}

function loop(writer: ModuleWriter): void {
  const { list } = hold(writer);
  const item = writer.fresh('item');
  writer.write(`for ${item} in list(${list}):`, `    ${writer.fresh()} = ${writer.use()}`);
}
