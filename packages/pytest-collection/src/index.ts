export { collectOnce } from './collect-once.ts';
export type * from './compare/collection-comparison.ts';
export { compareCollections } from './compare/compare-collections.ts';
export type { ComparisonOptions, ComparisonProgress } from './compare/compare-collections.ts';
export { compareProfiles } from './compare/compare-profiles.ts';
export { contentionIndex, sampleContention } from './compare/contention.ts';
export type { Contention, ContentionSample } from './compare/contention.ts';
export type * from './compare/profile-comparison.ts';
export type * from './compare/test-difference.ts';
export { fitGrowth } from './growth/fit-growth.ts';
export type { Growth, GrowthOptions, GrowthPoint } from './growth/growth.ts';
export { probePytest } from './interpreter/probe-pytest.ts';
export { findSmallestLimit } from './limit-search/find-smallest-limit.ts';
export type { LimitSearchOptions } from './limit-search/find-smallest-limit.ts';
export type { LimitTrial } from './limit-search/limit-trials.ts';
export { largestWorkerCount } from './limit-search/largest-worker-count.ts';
export type { WorkerCosts } from './limit-search/largest-worker-count.ts';
export {
  MEMORY_GUARD_EXIT_CODE,
  MEMORY_GUARD_FILE_VARIABLE,
  MEMORY_GUARD_PREFIX,
  memoryGuardFolder,
} from './memory-guard/memory-guard.ts';
export type * from './model/collect-options.ts';
export type * from './model/collection-outcome.ts';
export type * from './model/collection-profile.ts';
export type * from './model/collection-run.ts';
export type * from './model/collection-runner.ts';
export type * from './model/collection-target.ts';
export type * from './model/peak-memory.ts';
export type * from './model/recording.ts';
export type * from './model/thread-stack.ts';
export type * from './model/tree-spec.ts';
export { findCauses } from './profile/find-causes.ts';
export type { CauseInput, ProfileRuns } from './profile/causes/cause-input.ts';
export { readMachineFacts } from './profile/machine-facts.ts';
export type { MachineFacts, MachinePlace, MachineRoots } from './profile/machine-facts.ts';
export { profileCollection } from './profile/profile-collection.ts';
export type { ProfileOptions, ProfileProgress } from './profile/profile-options.ts';
export type { MissingName, ProjectFacts } from './profile/project-facts.ts';
export {
  followRows,
  parseStacks,
  readRecording,
  recorderCommand,
  STACK_SIGNAL,
  type FollowOptions,
  type RecorderCommand,
  type RecorderRequest,
} from './recording/index.ts';
export { containerRunner } from './run/container/container-runner.ts';
export type { ContainerRunnerOptions } from './run/container/container-runner.ts';
export { hostRunner } from './run/host-runner.ts';
export type { Measuring } from './run/host-runner.ts';
export { limitedRunner } from './run/limited-runner.ts';
export type { Limiting } from './run/limited-runner.ts';
export type { Estimate } from './statistics/estimate.ts';
export { generateTree } from './trees/generate-tree.ts';
export type { GenerateTreeOptions } from './trees/generate-tree.ts';
