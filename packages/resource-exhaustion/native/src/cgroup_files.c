#include "cgroup_files.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATHS 4096

struct wanted {
  const char *controller, *name;
};

static const struct wanted FIRST[] = {
    {"memory", "memory.usage_in_bytes"}, {"memory", "memory.max_usage_in_bytes"},
    {"memory", "memory.limit_in_bytes"}, {"memory", "memory.memsw.limit_in_bytes"},
    {"memory", "memory.oom_control"},    {"memory", "memory.stat"},
    {"memory", "memory.failcnt"},        {"memory", "memory.kmem.usage_in_bytes"},
    {"cpuacct", "cpuacct.usage"},        {"cpu", "cpu.stat"},
    {"cpu", "cpu.cfs_quota_us"},         {"cpu", "cpu.cfs_period_us"},
    {"pids", "pids.current"},            {"pids", "pids.max"},
    {"pids", "pids.events"},             {NULL, NULL},
};

static const struct wanted SECOND[] = {
    {"", "memory.current"}, {"", "memory.peak"},         {"", "memory.max"},  {"", "memory.swap.max"},
    {"", "memory.events"},  {"", "memory.events.local"}, {"", "memory.stat"}, {"", "cpu.stat"},
    {"", "cpu.max"},        {"", "pids.current"},        {"", "pids.max"},    {"", "pids.events"},
    {NULL, NULL},
};

static int has_word(const char *list, const char *word) {
  size_t length = strlen(word);
  for (const char *at = list; (at = strstr(at, word)) != NULL; at += length) {
    int starts = at == list || at[-1] == ',';
    int ends = at[length] == 0 || at[length] == ',' || at[length] == '\n';
    if (starts && ends) return 1;
  }
  return 0;
}

/* The path of this process in the hierarchy of a controller ("" is version 2), from /proc/self/cgroup. */
static int own_path(const char *controller, char *path) {
  char line[PATHS];
  int found = 0;
  FILE *file = fopen("/proc/self/cgroup", "r");
  if (file == NULL) return 0;
  while (!found && fgets(line, sizeof line, file) != NULL) {
    char *controllers = strchr(line, ':');
    char *at = controllers == NULL ? NULL : strchr(controllers + 1, ':');
    if (at == NULL) continue;
    *at++ = 0;
    at[strcspn(at, "\n")] = 0;
    controllers++;
    found = *controller == 0 ? *controllers == 0 : has_word(controllers, controller);
    if (found) snprintf(path, PATHS, "%s", at);
  }
  fclose(file);
  return found;
}

/* Where a hierarchy is mounted, and which of its cgroups the mount shows as its root. */
static int find_mount(const char *controller, char *root, char *place) {
  char line[PATHS], kind[32], options[512];
  int found = 0;
  FILE *file = fopen("/proc/self/mountinfo", "r");
  if (file == NULL) return 0;
  while (!found && fgets(line, sizeof line, file) != NULL) {
    const char *rest = strstr(line, " - ");
    if (rest == NULL || sscanf(rest, " - %31s %*s %511s", kind, options) != 2) continue;
    if (sscanf(line, "%*s %*s %*s %4095s %4095s", root, place) != 2) continue;
    found = *controller == 0 ? strcmp(kind, "cgroup2") == 0 : strcmp(kind, "cgroup") == 0 && has_word(options, controller);
  }
  fclose(file);
  return found;
}

static int open_in(const char *folder, const char *below, const char *name) {
  char path[3 * PATHS];
  snprintf(path, sizeof path, "%s/%s/%s", folder, below, name);
  return open(path, O_RDONLY | O_CLOEXEC);
}

static int is_in(const char *folder, const char *below, const char *name) {
  char path[3 * PATHS];
  snprintf(path, sizeof path, "%s/%s/%s", folder, below, name);
  return access(path, F_OK) == 0;
}

static int open_file(const struct wanted *wanted, char **folders, int count) {
  static char path[PATHS], root[PATHS], place[PATHS];
  int descriptor = -1;
  /* In version 1 each of the folders has the files of some controllers. */
  for (int at = 0; at < count && descriptor < 0; at++) descriptor = open_in(folders[at], "", wanted->name);
  if (count > 0 || !own_path(wanted->controller, path) || !find_mount(wanted->controller, root, place)) return descriptor;
  size_t length = strlen(root);
  int is_below = strcmp(root, "/") != 0 && strncmp(path, root, length) == 0 && (path[length] == 0 || path[length] == '/');
  const char *below = is_below ? path + length : path;
  /* Always one folder: what it has not must not be taken from another, which has the figures of others as well. */
  return open_in(place, is_in(place, below, "cgroup.procs") ? below : "", wanted->name);
}

/* Many files are called alike in both versions; this one is in every folder of version 2 alone. */
static int version_of(char **folders, int count) {
  for (int at = 0; at < count; at++)
    if (is_in(folders[at], "", "cgroup.controllers")) return 2;
  return 1;
}

static int try_version(struct cgroup_files *files, int version, char **folders, int count) {
  for (const struct wanted *wanted = version == 1 ? FIRST : SECOND; wanted->name != NULL; wanted++) {
    int descriptor = open_file(wanted, folders, count);
    if (descriptor < 0) continue;
    files->files[files->count].name = wanted->name;
    files->files[files->count++].descriptor = descriptor;
  }
  if (files->count > 0) files->version = version;
  return files->count > 0;
}

void open_cgroup_files(struct cgroup_files *files, char **folders, int count) {
  static char root[PATHS], place[PATHS];
  int first = count > 0 ? version_of(folders, count) : find_mount("memory", root, place) ? 1 : 2;
  memset(files, 0, sizeof *files);
  if (!try_version(files, first, folders, count) && count == 0) try_version(files, 3 - first, folders, count);
}

int read_cgroup_file(const struct cgroup_files *files, const char *name, char *text, int size) {
  text[0] = 0;
  for (int at = 0; at < files->count; at++) {
    if (strcmp(files->files[at].name, name) != 0) continue;
    ssize_t length = pread(files->files[at].descriptor, text, (size_t)size - 1, 0);
    text[length < 0 ? 0 : length] = 0;
    return length < 0 ? 0 : (int)length;
  }
  return 0;
}

long long cgroup_kills(const struct cgroup_files *files) {
  char text[1024];
  read_cgroup_file(files, files->version == 1 ? "memory.oom_control" : "memory.events", text, sizeof text);
  const char *at = strstr(text, "oom_kill ");
  return at == NULL ? -1 : atoll(at + 9);
}

long long cgroup_peak(const struct cgroup_files *files) {
  char text[64];
  const char *name = files->version == 1 ? "memory.max_usage_in_bytes" : "memory.peak";
  return read_cgroup_file(files, name, text, sizeof text) == 0 ? -1 : atoll(text);
}
