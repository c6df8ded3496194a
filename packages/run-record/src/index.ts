export { RUN_RECORD_SCHEMA } from './run-record.ts';
export type { Interruption, Invocation, RecordedProject, RunRecord } from './run-record.ts';
export type { BeforeAndAfter, LeftBehind } from './left-behind.ts';
export type { EffectiveLimits, MachineDescription } from './machine-description.ts';
export { createRunRecord } from './create-run-record.ts';
export type { RunRecordParts } from './create-run-record.ts';
export { serialiseRunRecord, writeRunRecord } from './write-run-record.ts';
export { readRunRecord } from './read-run-record.ts';
