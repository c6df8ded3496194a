/* Allocates and frees blocks of mixed sizes, and tells what the allocator gave back. */
#ifndef CHURN_H
#define CHURN_H

#include "text.h"

struct churn_options {
  size_t size, smallest, largest;
  int cycles, pin_every, trim;
  unsigned long long seed;
};

/* Adds the figures. 0, or ENOMEM. `resident` tells the RSS in bytes. */
int churn(struct json *json, const struct churn_options *options, long long (*resident)(void));

#endif
