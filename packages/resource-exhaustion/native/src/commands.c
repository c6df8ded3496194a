/* What the keeper is asked, one line at a time. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "inside.h"
#include "keeper.h"

void tell_error(const char *re, const char *name, const char *message) {
  json.length = 0;
  json_add(&json, "{\"re\":%s,\"error\":\"%s\"", re, name);
  if (message != NULL) json_add(&json, ",\"message\":\"%s\"", message);
  json_add(&json, "}");
  json_send(&json, 1);
}

static void tell_texts(void) {
  static char text[16384];
  json_add(&json, ",\"version\":%d,\"texts\":{", cgroup.version);
  for (int at = 0; at < cgroup.count; at++) {
    read_cgroup_file(&cgroup, cgroup.files[at].name, text, sizeof text);
    json_add(&json, "%s\"%s\":", at == 0 ? "" : ",", cgroup.files[at].name);
    json_add_string(&json, text);
  }
  json_add(&json, "}");
}

static void tell_processes(void) {
  json_add(&json, ",\"processes\":[");
  add_process(&json, getpid(), 0);
  for (int at = 0; at < MOST_VICTIMS; at++) {
    if (kept[at].pid <= 0) continue;
    json_add(&json, ",");
    add_process(&json, kept[at].pid, kept[at].number);
  }
  json_add(&json, "]");
}

static long long deleted(void) {
  pid_t pids[MOST_VICTIMS];
  int known = 0;
  for (int at = 0; at < MOST_VICTIMS; at++)
    if (kept[at].pid > 0) pids[known++] = kept[at].pid;
  return deleted_but_open(pids, known);
}

static int kill_victim(char **words) {
  struct kept *one = find(atoi(words[0]));
  if (one == NULL) return ESRCH;
  return kill(one->pid, atoi(words[1])) == 0 ? 0 : errno;
}

void hear_line(char *line) {
  char *words[MOST_WORDS];
  int word_count = split_words(line, words), given = word_count - 2, problem = 0;
  if (word_count < 2 || strspn(words[0], "0123456789") != strlen(words[0])) {
    json.length = 0;
    json_add(&json, "{\"event\":\"unclear\"}");
    return json_send(&json, 1);
  }
  const char *re = words[0], *verb = words[1];
  if (strcmp(verb, "start") == 0) return start(re);
  if (strcmp(verb, "to") == 0 && given >= 2) return pass_on(re, words + 2, given);
  json.length = 0;
  json_add(&json, "{\"re\":%s", re);
  if (strcmp(verb, "ping") == 0) {
  } else if (strcmp(verb, "kill") == 0 && given >= 2) {
    problem = kill_victim(words + 2);
  } else if (strcmp(verb, "cgroup") == 0) {
    tell_texts();
  } else if (strcmp(verb, "processes") == 0) {
    tell_processes();
  } else if (strcmp(verb, "deleted") == 0) {
    json_add(&json, ",\"bytes\":%lld", deleted());
  } else if (strcmp(verb, "disk") == 0 && given >= 1) {
    problem = add_disk(&json, unescape(words[2]));
  } else if (strcmp(verb, "plant") == 0 && given >= 2) {
    problem = plant_file(&json, unescape(words[2]), strtoull(words[3], NULL, 10));
  } else if (strcmp(verb, "hash") == 0 && given >= 1) {
    problem = hash_file(&json, unescape(words[2]));
  } else if (strcmp(verb, "remove") == 0 && given >= 1) {
    problem = unlink(unescape(words[2])) != 0 && errno != ENOENT ? errno : 0;
  } else
    return tell_error(re, "USAGE", "unknown command");
  if (problem != 0) return tell_error(re, errno_name(problem), NULL);
  json_add(&json, "}");
  json_send(&json, 1);
}
