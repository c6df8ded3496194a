import type { Missing } from '@seaworthy/scenario';
import type { SandboxLimits } from '../../model/sandbox.ts';
import { checkRoom } from '../../safety/check-room.ts';

/** What is missing for a sandbox of that size: memory over the floor that always stays free. */
export const requiresRoom = (request: SandboxLimits): Missing | undefined => checkRoom(request);
