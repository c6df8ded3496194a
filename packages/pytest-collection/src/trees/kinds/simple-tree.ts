import type { SimpleTree } from '../../model/tree-spec.ts';
import { numbered } from '../tree-file.ts';
import type { TreeFile, TreeLayout } from '../tree-file.ts';
import { rootFiles } from './root-files.ts';

const FILES_PER_FOLDER = 100;

/** Test functions in plain files, in folders of at most 100, that share nothing but an empty conftest. */
export function simpleTree({ files, tests }: SimpleTree): TreeLayout {
  const folders = Math.ceil(files / FILES_PER_FOLDER);
  const testFiles = Array.from({ length: files }, (_, index): TreeFile => {
    const folder = numbered(Math.floor(index / FILES_PER_FOLDER), folders);
    return {
      // The name is unique in the whole tree: without packages, pytest needs it to be.
      path: `quay_${folder}/test_cargo_${numbered(index, files)}.py`,
      content: cargoFile(index, tests),
    };
  });
  return {
    files: [...rootFiles('A quay with cargo: nothing is shared.'), ...testFiles],
    testFiles: files,
    tests: files * tests,
  };
}

function cargoFile(index: number, tests: number): string {
  const functions = Array.from({ length: tests }, (_, test) => cargoTest(index, test));
  return `"""Cargo ${index}."""

TARIFF = ${(index % 7) + 2}


def price(crates, weight):
    return crates * weight * TARIFF


def manifest(crates):
    return {"crates": crates, "labels": ["crate-%d" % number for number in range(crates)]}
${functions.join('')}`;
}

/** Of a few shapes, as people write them: rewriting assertions is most of what a cold collection does. */
function cargoTest(index: number, test: number): string {
  const crates = (index % 5) + test + 1;
  const bodies = [
    `    total = price(${crates}, 3)
    assert total == ${crates} * 3 * TARIFF
    assert total > 0, "cargo has a price"
`,
    `    listed = manifest(${crates})
    assert listed["crates"] == ${crates}
    assert len(listed["labels"]) == ${crates}
    assert listed["labels"][0] == "crate-0" and "crate-%d" % ${crates - 1} in listed["labels"]
`,
    `    prices = [price(crates, 1) for crates in range(${crates})]
    assert prices == sorted(prices)
    for crates, one in enumerate(prices):
        assert one == crates * TARIFF
`,
    `    try:
        price(None, ${crates})
    except TypeError as error:
        assert "None" in str(error)
    else:
        assert False, "no crates have no price"
`,
  ];
  return `

def test_cargo_${test}():
${bodies[(index + test) % bodies.length]}`;
}
