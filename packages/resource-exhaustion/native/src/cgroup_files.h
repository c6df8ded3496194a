/* The kernel's files of the cgroup that this process is in, opened once: later reads need no descriptor. */
#ifndef CGROUP_FILES_H
#define CGROUP_FILES_H

#include "text.h"

#define MOST_CGROUP_FILES 16

struct cgroup_files {
  int version; /* 0: none can be seen. */
  int count;
  struct {
    const char *name;
    int descriptor;
  } files[MOST_CGROUP_FILES];
};

/* `folders` overrules what is found. */
void open_cgroup_files(struct cgroup_files *files, char **folders, int count);
/* The length; 0 where there is no such file. */
int read_cgroup_file(const struct cgroup_files *files, const char *name, char *text, int size);
/* Processes that the kernel killed for memory in here, -1 where it is not told. */
long long cgroup_kills(const struct cgroup_files *files);
/* The most that it ever was charged with, bytes, -1 where it is not told. */
long long cgroup_peak(const struct cgroup_files *files);

#endif
