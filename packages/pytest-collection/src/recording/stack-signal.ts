/**
 * The signal that makes the recorder dump the stacks of all threads into `${rowsFile}.stacks`: a real-time one that
 * neither libc nor Python takes for itself. The same in python/seaworthy_collect/stacks.py. To be sent to the pytest
 * process alone: any other program that gets it ends.
 */
export const STACK_SIGNAL = 57;
