export { exhaustTogether } from './combined/exhaust-together.ts';
export { exhaustCpu } from './cpu/exhaust-cpu.ts';
export { attributeDeath } from './death/attribute-death.ts';
export type {
  CgroupReading,
  CgroupWitness,
  DeathEvidence,
  EngineWitness,
  MachineWitness,
} from './death/death-evidence.ts';
export { seeCgroups, witnessesOf } from './death/see-cgroups.ts';
export type { SeenCgroup } from './death/see-cgroups.ts';
export { victimEvidence } from './death/victim-evidence.ts';
export { exhaustDescriptors } from './descriptors/exhaust-descriptors.ts';
export { exhaustDisk } from './disk/exhaust-disk.ts';
export { connectKeeper } from './keeper/connect-keeper.ts';
export type { ConnectedKeeper, KeeperFacts } from './keeper/connect-keeper.ts';
export { keeperCommand } from './keeper/keeper-command.ts';
export type { KeeperCommand, KeeperCommandOptions, KeeperKind } from './keeper/keeper-command.ts';
export { KeeperGone, KeeperRefused } from './keeper/keeper-gone.ts';
export { cpuLoad, descriptorLoad, diskLoad, memoryLoad } from './loads/loads.ts';
export type { LoadOptions } from './loads/part-load.ts';
export { splitOf } from './memory-split/memory-split.ts';
export type { MemorySplit, SplitReadings } from './memory-split/memory-split.ts';
export { splitMemory } from './memory-split/split-memory.ts';
export type { SplitMemory, SplitMemoryOptions } from './memory-split/split-memory.ts';
export { exhaustMemory } from './memory/exhaust-memory.ts';
export { fairnessOf } from './memory/fairness.ts';
export type { Death, Killer } from './model/death.ts';
export type {
  ChurnFigures,
  CombinedExhaustion,
  CombinedPart,
  CombinedRequest,
  CpuExhaustion,
  CpuRequest,
  Curve,
  DescriptorExhaustion,
  DescriptorRequest,
  DiskExhaustion,
  DiskRequest,
  ExerciseResult,
  ExhaustionOutcome,
  ExhaustionRequest,
  HeldLevel,
  MemoryExhaustion,
  MemoryProgress,
  MemoryProtection,
  MemoryRefusal,
  MemoryRequest,
  MemoryWorker,
  VictimDeath,
} from './model/exhaustion.ts';
export type { Gauge, GaugeReading } from './model/gauge.ts';
export type { Recovery } from './model/recovery.ts';
export type { Canary, CanaryVerdict, HostReceipt, MachineMemory } from './model/safety.ts';
export type { InsideProcess, InsideView, Keeper, Sandbox, SandboxLimits, Tier } from './model/sandbox.ts';
export type { ChurnOptions, Victim, VictimEnding, VictimReply } from './model/victim.ts';
export { FiguresGone } from './pressure/figures-gone.ts';
export { measureRecovery } from './recovery/measure-recovery.ts';
export type { RecoveryOptions } from './recovery/measure-recovery.ts';
export { floorOf, memoryBudget } from './safety/budget.ts';
export type { Budget } from './safety/budget.ts';
export { startCanary } from './safety/canary/start-canary.ts';
export { checkRoom } from './safety/check-room.ts';
export { compareReceipts } from './safety/compare-receipts.ts';
export { describeHost } from './safety/describe-host.ts';
export type { HostDescription } from './safety/describe-host.ts';
export { hostReceipt } from './safety/host-receipt.ts';
export type { ReceiptOptions } from './safety/host-receipt.ts';
export { readMachineMemory } from './safety/machine-memory.ts';
export { watchHost } from './safety/watch-host.ts';
export type { HostWatch, HostWatchOptions } from './safety/watch-host.ts';
export { openSandbox } from './sandbox/open-sandbox.ts';
export { probeTiers } from './sandbox/probe-tiers.ts';
export type { ProbeOptions, TierProbe } from './sandbox/probe-tiers.ts';
export type { LeftOut, SandboxOptions } from './sandbox/sandbox-options.ts';
export { leakSlope } from './statistics/leak-slope.ts';
export type { LeakSlope, LeakSlopeOptions } from './statistics/leak-slope.ts';
export { theilSen } from './statistics/theil-sen.ts';
export type { SlopeEstimate } from './statistics/theil-sen.ts';
