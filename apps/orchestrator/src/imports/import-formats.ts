/** How `seaworthy imports` can print. Apart from what prints: the command line is read without loading that. */
export const IMPORT_FORMATS = ['text', 'json', 'sarif', 'dot', 'mermaid', 'html', 'github'] as const;

export type ImportFormat = (typeof IMPORT_FORMATS)[number];
