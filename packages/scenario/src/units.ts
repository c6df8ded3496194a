/** What a number in a limit, a finding or a metric counts; decides how it is printed and compared. */
export type Unit = 'ms' | 'bytes' | 'count' | 'ratio' | 'percent' | 'per-second';
