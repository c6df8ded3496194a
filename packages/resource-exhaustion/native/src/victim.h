/* One process that takes resources on command. All that it needs it opens before it begins. */
#ifndef VICTIM_H
#define VICTIM_H

/* Never returns. */
void be_victim(int commands, int answers) __attribute__((noreturn));

/* What `exercise` starts: a program that ends with this code. */
#define SPAWNED "--spawned"
#define SPAWNED_CODE 7

#endif
