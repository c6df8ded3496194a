import { counted } from '../quantity.ts';
import { code, prose, table } from '../markdown/escape-markdown.ts';
import { withinBytes } from '../markdown/within-bytes.ts';
import { type AnyComparison, type ComparisonFacts, comparisonFacts } from './comparison-facts.ts';

const MARKS = { good: '✅', poor: '⚠️', bad: '❌' } as const;

/** A comparison as GitHub-flavoured Markdown, for a step summary or a comment: below 60 kB. */
export function formatComparisonMarkdown(comparison: AnyComparison): string {
  const facts = comparisonFacts(comparison);
  const [a, b] = facts.heads;
  const rows = facts.rows.map(({ group, name, before, after, change, range, conclusion }) => [
    group,
    name,
    before,
    after,
    `**${change}**`,
    prose(range),
    conclusion === 'cannot-tell' ? 'cannot tell' : conclusion,
  ]);
  return withinBytes([
    {
      name: 'verdict',
      lines: [
        `## ${prose(facts.title)}`,
        '',
        ...facts.verdicts.map(({ tone, text }) => `${MARKS[tone]} ${prose(text)}<br>`),
      ],
    },
    { name: 'differences', lines: differenceLines(facts) },
    {
      name: 'figures',
      lines: table(
        [
          ['', 'text'],
          ['', 'text'],
          [prose(a), 'figure'],
          [prose(b), 'figure'],
          ['change', 'figure'],
          ['', 'text'],
          ['', 'text'],
        ],
        rows,
      ),
    },
    ...facts.groups.map((group) => ({ name: group.title.toLowerCase(), lines: groupLines(group) })),
    { name: 'notes', lines: facts.notes.slice(0, 50).map((note) => `- ${prose(note)}`) },
  ]);
}

function differenceLines({ differences = [] }: ComparisonFacts): string[] {
  return differences.slice(0, 20).map(
    ({ message, examples }) =>
      `- ${prose(message)}${examples
        .slice(0, 5)
        .map((example) => `<br>${code(example)}`)
        .join('')}`,
  );
}

function groupLines({ title, noun, changes }: ComparisonFacts['groups'][number]): string[] {
  const most = 15;
  const rows = changes
    .slice(0, most)
    .map(({ name, before, after, change, memory, certainty }) => [
      code(name),
      before,
      after,
      change,
      memory,
      certainty,
    ]);
  return [
    `### ${title}`,
    '',
    ...table(
      [
        [noun, 'text'],
        ['before', 'figure'],
        ['after', 'figure'],
        ['change', 'figure'],
        ['memory', 'figure'],
        ['', 'text'],
      ],
      rows,
    ),
    ...(changes.length > most ? ['', `… and ${counted(changes.length - most, `more ${noun}`)}`] : []),
  ];
}
