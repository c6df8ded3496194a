/** How `seaworthy collect` can print. Apart from what prints: the command line is read without loading that. */
export const COLLECT_FORMATS = ['text', 'json', 'html', 'markdown'] as const;

export type CollectFormat = (typeof COLLECT_FORMATS)[number];
