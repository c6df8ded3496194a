/* What can be seen and done in the sandbox from outside of the victims. Each adds to a line of JSON; 0, or an errno. */
#ifndef INSIDE_H
#define INSIDE_H

#include <sys/types.h>

#include "text.h"

void add_process(struct json *json, pid_t pid, int victim);
int add_disk(struct json *json, const char *path);
long long deleted_but_open(const pid_t *pids, int count);
/* Over what is there, without making it shorter first. */
int plant_file(struct json *json, const char *path, size_t size);
int hash_file(struct json *json, const char *path);

#endif
