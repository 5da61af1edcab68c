/* SPDX-License-Identifier: GPL-3.0-or-later */
/* priority.c - nice(2) and ioprio_set(2), which glibc has no function for. */
#include <config.h>

#include "base/priority.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* linux/ioprio.h, which older kernel headers do not install. */
#define PRIORITY_WHO_PROCESS 1
#define PRIORITY_CLASS_IDLE (3 << 13)
#define PRIORITY_NICE 19

bool priority_is_low(void)
{
    return getpriority(PRIO_PROCESS, 0) >= PRIORITY_NICE;
}

void priority_lower_session(void)
{
    int fd = priority_is_low() && getsid(0) == getpid()
                 ? open("/proc/self/autogroup", O_WRONLY | O_CLOEXEC)
                 : -1;
    if (fd < 0)
        return;
    (void)!write(fd, "19", 2);
    close(fd);
}

void priority_lower(void)
{
    setpriority(PRIO_PROCESS, 0, PRIORITY_NICE);
    syscall(SYS_ioprio_set, PRIORITY_WHO_PROCESS, 0, PRIORITY_CLASS_IDLE);
}
