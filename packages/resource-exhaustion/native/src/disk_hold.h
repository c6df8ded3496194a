/* Writes files of real blocks until so many bytes, or until the place is full. */
#ifndef DISK_HOLD_H
#define DISK_HOLD_H

#define UNTIL_FULL (-1LL)

/* 0, or the errno that stopped it; `written` is the length of the file then. */
int disk_set(const char *path, long long size, int keep_open, int preallocate, long long *written);
void disk_release(void);

#endif
