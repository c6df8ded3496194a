import type { Port } from './plan-knots.ts';

export const TESTS_PER_PORT = 2;

/** All imports stand above all definitions, as linters demand: what makes `from x import y` crash in a circle. */
export function portFile({ name, imports }: Port): string {
  const number = name.replace('test_port_', '');
  const statements = imports.map((one) =>
    one.from ? `from ${one.name} import BERTHS as ${berthsOf(one.name)}` : `import ${one.name}`,
  );
  const berths = imports.map((one) => (one.from ? berthsOf(one.name) : `${one.name}.BERTHS`));
  return `"""Port ${number}."""
${statements.join('\n')}

BERTHS = ${(Number(number) % 9) + 1}


def neighbours():
    return [${berths.join(', ')}]


def test_berths():
    assert BERTHS > 0


def test_neighbours():
    assert len(neighbours()) == ${imports.length}
    assert all(berths > 0 for berths in neighbours())
`;
}

const berthsOf = (name: string): string => name.replace('test_port_', 'berths_');
