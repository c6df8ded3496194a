import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import type { ImportReport, Knot, ReportedImport } from '../report/import-report.ts';
import type { ReadSource } from '../report/source-text.ts';
import {
  cycleLine,
  firstImportsIn,
  isCertain,
  knotSentence,
  proofPhrase,
  witnessNames,
} from './knot-facts.ts';
import { counted } from './counted.ts';
import { printable } from './printable.ts';

export interface SarifOptions {
  /** Version of the tool, such as `1.2.0`. */
  readonly version?: string;
  /** Reads a file by the path in the report: regions then end where the imported name does. */
  readonly readSource?: ReadSource;
}

/** GitHub rejects a run with more results than this. */
const MOST_RESULTS = 25_000;

/** GitHub shows no more locations of a result. */
const MOST_LOCATIONS = 100;

const RULE = {
  id: 'import-cycle',
  name: 'ImportCycle',
  shortDescription: { text: 'Modules that import each other' },
  fullDescription: {
    text: 'Importing any of these modules imports the others before it is complete. A name that is used too early raises an error, and which module an application imports first decides whether it does.',
  },
  help: {
    text: 'Move the imports that the message names: into the function that uses them, below `if TYPE_CHECKING:`, to the submodule that defines the name, or what both modules need into a third one.',
    markdown:
      'Move the imports that the message names:\n\n- into the **function** that uses them\n- below `if TYPE_CHECKING:`, where only annotations use them\n- to the **submodule** that defines the name\n- or move what both modules need into a **third one**',
  },
  defaultConfiguration: { level: 'warning' },
  properties: { tags: ['maintainability', 'imports'], precision: 'very-high', 'problem.severity': 'warning' },
} as const;

/** SARIF 2.1.0: a result for each knot, its cycle as a code flow that ends where it began. */
export function formatSarif(report: ImportReport, options: SarifOptions = {}): string {
  const base = pathToFileURL(`${report.base}/`).href;
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Seaworthy',
            ...(options.version === undefined ? {} : { semanticVersion: options.version }),
            rules: [RULE],
          },
        },
        originalUriBaseIds: { PROJECT: { uri: base } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: report.problems.map((problem) => ({
              level: 'warning',
              message: { text: `${problem.kind}: ${printable(problem.message)}` },
              locations: [
                { physicalLocation: location(problem.path, problem.line ?? 1, undefined, options) },
              ],
            })),
          },
        ],
        results: report.knots.slice(0, MOST_RESULTS).map((knot) => result(report, knot, options)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function result(report: ImportReport, knot: Knot, options: SarifOptions): object {
  const crashes = firstImportsIn(report, knot).filter(({ outcome }) => outcome === 'crash');
  const [guilty, ...others] = knot.importsToMove;
  const primary = guilty ?? knot.witness[0]!;
  return {
    ruleId: RULE.id,
    ruleIndex: 0,
    level: knot.accepted ? 'note' : crashes.some(isCertain) ? 'error' : 'warning',
    message: { text: message(knot, crashes) },
    locations: [{ physicalLocation: location(primary.path, primary.line, guilty?.column, options) }],
    ...(others.length === 0
      ? {}
      : {
          relatedLocations: others.slice(0, MOST_LOCATIONS).map((move, id) => ({
            id,
            physicalLocation: location(move.path, move.line, move.column, options),
            message: { text: `${move.fix.kind}: ${printable(move.fix.text)}` },
          })),
        }),
    codeFlows: [{ threadFlows: [{ locations: flow(knot.witness, options) }] }],
    partialFingerprints: {
      'importCycleKnot/v1': knot.id,
      primaryLocationLineHash: `${cycleHash(knot.witness.map(({ from }) => from))}:1`,
    },
    ...(knot.accepted
      ? {
          suppressions: [{ kind: 'external', status: 'accepted', justification: 'Accepted by the baseline' }],
        }
      : {}),
    properties: { modules: knot.modules },
  };
}

function message(
  knot: Knot,
  crashes: readonly { readonly module: string; readonly error?: { type: string } }[],
): string {
  const sentences = [`${printable(knotSentence(knot))}: ${printable(cycleLine(witnessNames(knot)))}.`];
  const [first] = crashes;
  if (first !== undefined) {
    const more = crashes.length === 1 ? '' : ` (and ${counted(crashes.length - 1, 'other module')})`;
    sentences.push(
      `Importing ${printable(first.module)}${more} first raises ${first.error?.type ?? 'an error'}.`,
    );
  }
  const [move] = knot.importsToMove;
  if (move !== undefined) {
    const count = counted(knot.importsToMove.length, 'import');
    sentences.push(
      `Move ${count} (${proofPhrase(knot)}): in ${printable(move.path)}:${move.line}, ${printable(move.fix.text)}.`,
    );
  }
  return sentences.join(' ');
}

function flow(witness: readonly ReportedImport[], options: SarifOptions): object[] {
  const step = ({ path, line }: ReportedImport, text: string): object => ({
    location: { physicalLocation: location(path, line, undefined, options), message: { text } },
  });
  return [
    ...witness.map((each) => step(each, `${printable(each.from)} imports ${printable(each.to)}`)),
    step(witness[0]!, `${printable(witness[0]!.from)}, where it began`),
  ];
}

function location(path: string, line: number, column: number | undefined, options: SarifOptions): object {
  const text = options.readSource?.(path)?.split(/\r\n|\n|\r/)[line - 1];
  const startColumn = column ?? 1;
  const rest = text?.slice(startColumn - 1) ?? '';
  const name =
    column === undefined
      ? rest
      : (/^(?:(['"]).*?\1|[\p{ID_Start}_$][\p{ID_Continue}.]*)/u.exec(rest)?.[0] ?? '');
  return {
    artifactLocation: { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'PROJECT' },
    region: {
      startLine: line,
      startColumn,
      endLine: line,
      endColumn: startColumn + Math.max(1, name.length),
    },
  };
}

/** The same for every module that the cycle may be told from. */
function cycleHash(names: readonly string[]): string {
  const rotations = names.map((_, at) => [...names.slice(at), ...names.slice(0, at)].join('\0')).sort();
  return createHash('sha256').update(rotations[0]!).digest('hex').slice(0, 16);
}
