export { followRows, type FollowOptions } from './follow-rows.ts';
export { parseStacks } from './parse-stacks.ts';
export { readRecording } from './read-recording.ts';
export { recorderCommand, type RecorderCommand, type RecorderRequest } from './recorder-command.ts';
export { STACK_SIGNAL } from './stack-signal.ts';
