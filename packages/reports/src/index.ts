export { formatBytes, formatDuration, formatQuantity } from './quantity.ts';
export { printable } from './printable.ts';
export { formatTerminal } from './terminal/terminal-report.ts';
export { formatScenarioLine } from './terminal/scenario-line.ts';
export { formatProofLine, formatProofMatrix } from './terminal/proof-matrix.ts';
export type { TerminalOptions } from './terminal/terminal-options.ts';
export { formatJUnit } from './junit.ts';
export { formatJson } from './json.ts';
export { LIMIT_OPTION, reproduceCommand } from './reproduce.ts';
