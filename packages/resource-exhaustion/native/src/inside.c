#include "inside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "sha256.h"

#define MOST_DELETED 1024

static int read_small(pid_t pid, const char *name, char *text, int size) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return 0;
  ssize_t length = read(descriptor, text, (size_t)size - 1);
  close(descriptor);
  text[length < 0 ? 0 : length] = 0;
  return length > 0;
}

static long count_descriptors(pid_t pid) {
  char path[64];
  struct stat found;
  long count = 0;
  snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
  /* Since Linux 6.2 the size is the count. */
  if (stat(path, &found) == 0 && found.st_size > 0) return (long)found.st_size;
  DIR *folder = opendir(path);
  if (folder == NULL) return -1;
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) count += entry->d_name[0] != '.';
  closedir(folder);
  return count;
}

void add_process(struct json *json, pid_t pid, int victim) {
  char text[256];
  long long size, resident, ran, waited;
  json_add(json, "{\"pid\":%d", (int)pid);
  if (victim > 0) json_add(json, ",\"victim\":%d", victim);
  long descriptors = count_descriptors(pid);
  if (descriptors >= 0) json_add(json, ",\"descriptors\":%ld", descriptors);
  if (read_small(pid, "statm", text, sizeof text) && sscanf(text, "%lld %lld", &size, &resident) == 2)
    json_add(json, ",\"residentBytes\":%lld", resident * sysconf(_SC_PAGESIZE));
  if (read_small(pid, "schedstat", text, sizeof text) && sscanf(text, "%lld %lld", &ran, &waited) == 2)
    json_add(json, ",\"cpuMs\":%.6f,\"waitedMs\":%.6f", (double)ran / 1e6, (double)waited / 1e6);
  json_add(json, "}");
}

int add_disk(struct json *json, const char *path) {
  struct statvfs found;
  if (statvfs(path, &found) != 0) return errno;
  json_add(json, ",\"sizeBytes\":%llu,\"freeBytes\":%llu", (unsigned long long)found.f_blocks * found.f_frsize,
           (unsigned long long)found.f_bavail * found.f_frsize);
  return 0;
}

long long deleted_but_open(const pid_t *pids, int count) {
  static struct {
    dev_t device;
    ino_t inode;
  } seen[MOST_DELETED];
  int known = 0;
  long long bytes = 0;
  for (int at = 0; at < count; at++) {
    char path[512];
    snprintf(path, sizeof path, "/proc/%d/fd", (int)pids[at]);
    DIR *folder = opendir(path);
    if (folder == NULL) continue;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
      struct stat found;
      int is_known = 0;
      snprintf(path, sizeof path, "/proc/%d/fd/%s", (int)pids[at], entry->d_name);
      if (stat(path, &found) != 0 || !S_ISREG(found.st_mode) || found.st_nlink != 0) continue;
      for (int one = 0; one < known; one++) is_known |= seen[one].device == found.st_dev && seen[one].inode == found.st_ino;
      if (is_known || known == MOST_DELETED) continue;
      seen[known].device = found.st_dev;
      seen[known++].inode = found.st_ino;
      bytes += (long long)found.st_blocks * 512;
    }
    closedir(folder);
  }
  return bytes;
}

static void add_hash(struct json *json, struct sha256 *hash) {
  char hex[72];
  sha256_end(hash, hex);
  json_add(json, ",\"sha256\":\"%s\"", hex);
}

int plant_file(struct json *json, const char *path, size_t size) {
  struct sha256 hash;
  unsigned char block[4096];
  int problem = 0;
  int descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return errno;
  sha256_begin(&hash);
  for (size_t written = 0; written < size && problem == 0;) {
    size_t length = size - written < sizeof block ? size - written : sizeof block;
    ssize_t got = getrandom(block, length, 0);
    ssize_t put = got <= 0 ? -1 : write(descriptor, block, (size_t)got);
    if (put <= 0) {
      problem = errno;
    } else {
      sha256_add(&hash, block, (size_t)put);
      written += (size_t)put;
    }
  }
  if (problem == 0 && (ftruncate(descriptor, (off_t)size) != 0 || fsync(descriptor) != 0)) problem = errno;
  close(descriptor);
  if (problem == 0) add_hash(json, &hash);
  return problem;
}

int hash_file(struct json *json, const char *path) {
  struct sha256 hash;
  unsigned char block[65536];
  ssize_t length;
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return errno;
  sha256_begin(&hash);
  while ((length = read(descriptor, block, sizeof block)) > 0) sha256_add(&hash, block, (size_t)length);
  int problem = length < 0 ? errno : 0;
  close(descriptor);
  if (problem == 0) add_hash(json, &hash);
  return problem;
}
