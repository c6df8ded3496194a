/* Holds memory of which every page is written, and can be made to hold exactly so many bytes. */
#ifndef MEMORY_HOLD_H
#define MEMORY_HOLD_H

#include <stddef.h>

/* Grows or shrinks to whole pages. Returns 0, or the errno; then it holds what it could get. */
int memory_set(size_t size, int reserve_only);
size_t memory_held(void);

#endif
