/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map.c - files in memory: small ones read, others mapped, with a handler for
 * the SIGBUS of a file that shrinks under its map or cannot be read.
 *
 * The handler must find the map of a faulting address without a lock: maps
 * that are mapped have a slot in a fixed table. A slot's sequence number is
 * odd while it changes (a seqlock). The handler never waits: a slot in change
 * is not that of the faulting thread, whose map stays until it is done. */
#include <config.h>

#include "base/map.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Below this, a read costs less than a map's page faults and TLB flush. */
#define READ_BELOW (64 << 10)

/* Maps at once; beyond it files are read. Each needs an address range of its
 * own, and a kernel allows 65,530 of those (vm.max_map_count). */
#define SLOTS 4096

struct slot {
    atomic_bool taken;
    atomic_uint sequence;
    atomic_uintptr_t start, end; /* whole pages; start == end: none */
    atomic_bool cut;
};

struct map {
    unsigned char *data;
    size_t size;
    struct slot *slot; /* NULL: it was read */
    size_t span;       /* bytes of address space at DATA; 0: from malloc */
    bool cut;          /* the read came short */
};

static struct slot slots[SLOTS];
static size_t page_size = 4096; /* set before there are threads and maps */

static struct slot *slot_take(void)
{
    for (size_t i = 0; i < SLOTS; i++) {
        bool taken = false;

        if (!atomic_load_explicit(&slots[i].taken, memory_order_relaxed) &&
            atomic_compare_exchange_strong(&slots[i].taken, &taken, true))
            return &slots[i];
    }
    return NULL;
}

/* By the holder of the slot alone. */
static void slot_set(struct slot *slot, uintptr_t start, uintptr_t end)
{
    atomic_fetch_add(&slot->sequence, 1);
    atomic_store(&slot->start, start);
    atomic_store(&slot->end, end);
    atomic_store(&slot->cut, false);
    atomic_fetch_add(&slot->sequence, 1);
}

static void slot_release(struct slot *slot)
{
    slot_set(slot, 0, 0);
    atomic_store(&slot->taken, false);
}

/* In the signal handler. *END: the end of the map that has ADDRESS. */
static struct slot *slot_find(uintptr_t address, uintptr_t *end)
{
    for (size_t i = 0; i < SLOTS; i++) {
        unsigned sequence = atomic_load(&slots[i].sequence);
        uintptr_t first = atomic_load(&slots[i].start);
        uintptr_t last = atomic_load(&slots[i].end);

        if (address >= first && address < last && sequence % 2 == 0 &&
            atomic_load(&slots[i].sequence) == sequence) {
            *end = last;
            return &slots[i];
        }
    }
    return NULL;
}

/* Zeros from the faulting page to the end: a file shrinks at its end, and what
 * is damaged is to be mapped anew. */
static bool put_zeros(uintptr_t address)
{
    uintptr_t end;
    struct slot *slot = slot_find(address, &end);

    if (!slot)
        return false;

    uintptr_t page = address & ~(uintptr_t)(page_size - 1);

    if (mmap((void *)page, end - page, PROT_READ,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED)
        return false;
    atomic_store(&slot->cut, true);
    return true;
}

static void on_bus_error(int signum, siginfo_t *info, void *context)
{
    int saved_errno = errno;

    (void)context;
    /* si_code tells a fault from a kill(2), which has no address. */
    if (info->si_code <= 0 || !put_zeros((uintptr_t)info->si_addr)) {
        /* Not ours: die of it as if there were no handler, a fault by being
         * met again on return, a kill by being sent again. */
        signal(signum, SIG_DFL);
        if (info->si_code <= 0)
            raise(signum);
    }
    errno = saved_errno;
}

void map_install_guard(void)
{
    struct sigaction action = {.sa_flags = SA_SIGINFO};
    long size = sysconf(_SC_PAGESIZE);

    if (size > 0)
        page_size = (size_t)size;
    action.sa_sigaction = on_bus_error;
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, NULL);
}

static size_t whole_pages(size_t size)
{
    return (size + page_size - 1) & ~(page_size - 1);
}

/* False when FD cannot be mapped: no slot, or a file system without maps. */
static bool map_file(struct map *m, int fd)
{
    struct slot *slot = slot_take();

    if (!slot)
        return false;

    void *data = mmap(NULL, m->size, PROT_READ, MAP_PRIVATE, fd, 0);

    if (data == MAP_FAILED) {
        slot_release(slot);
        return false;
    }

    slot_set(slot, (uintptr_t)data, (uintptr_t)data + whole_pages(m->size));
    m->data = data;
    m->slot = slot;
    m->span = whole_pages(m->size);
    return true;
}

/* Takes what there is of the m->size bytes. */
static int read_file(struct map *m, int fd, struct error *e)
{
    size_t done = 0;

    m->data = malloc(m->size);
    if (!m->data)
        return error_set_errno(e, ERROR_MEMORY, ENOMEM, "%s", "");
    while (done < m->size) {
        ssize_t n = pread(fd, m->data + done, m->size - done, (off_t)done);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return error_set_errno(e, ERROR_IO, errno, "cannot read");
        if (n == 0)
            break;
        done += (size_t)n;
    }
    m->cut = done < m->size;
    m->size = done;
    return 0;
}

struct map *map_create(int fd, struct error *e)
{
    struct stat st;
    struct map *m;

    if (fstat(fd, &st) < 0) {
        error_set_errno(e, ERROR_IO, errno, "cannot read");
        return NULL;
    }
    if (!S_ISREG(st.st_mode)) {
        error_set(e, ERROR_UNREADABLE, "not a regular file");
        return NULL;
    }
    if ((uintmax_t)st.st_size > PTRDIFF_MAX) {
        error_set(e, ERROR_LIMIT, "larger than the address space");
        return NULL;
    }
    m = calloc(1, sizeof *m);
    if (!m) {
        error_set_errno(e, ERROR_MEMORY, ENOMEM, "%s", "");
        return NULL;
    }
    m->size = (size_t)st.st_size;
    if (m->size == 0 || (m->size >= READ_BELOW && map_file(m, fd)))
        return m;
    if (read_file(m, fd, e) < 0) {
        map_destroy(m);
        return NULL;
    }
    return m;
}

const unsigned char *map_data(const struct map *m)
{
    static const unsigned char nothing[1];

    return m->data ? m->data : nothing;
}

size_t map_size(const struct map *m)
{
    return m->size;
}

bool map_was_cut(const struct map *m)
{
    return m->slot ? atomic_load(&m->slot->cut) : m->cut;
}

int map_lost(const struct map *m, int fd, struct error *e)
{
    struct stat st;

    /* A read that comes short has met the end. */
    if (m->slot && fstat(fd, &st) == 0 && (uintmax_t)st.st_size >= m->size)
        return error_set_errno(e, ERROR_IO, EIO, "cannot read");
    return error_set(e, ERROR_IO, "the file was cut short while it was read");
}

/* Puts the file's pages at TO, where they replace what is there. */
static bool move_pages(struct map *m, unsigned char *to)
{
    bool cut = atomic_load(&m->slot->cut);

    if (mremap(m->data, m->span, m->span, MREMAP_MAYMOVE | MREMAP_FIXED, to) ==
        MAP_FAILED)
        return false;
    slot_set(m->slot, (uintptr_t)to, (uintptr_t)to + whole_pages(m->size));
    atomic_store(&m->slot->cut, cut);
    return true;
}

unsigned char *map_extend(struct map *m, size_t room, size_t *at)
{
    size_t start = whole_pages(m->size);

    if (room > PTRDIFF_MAX - page_size - start)
        return NULL;

    size_t span = start + whole_pages(room);
    unsigned char *data = mmap(NULL, span, PROT_READ | PROT_WRITE,
                               MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (data == MAP_FAILED)
        return NULL;
    if (m->slot) {
        if (!move_pages(m, data)) {
            munmap(data, span);
            return NULL;
        }
    } else {
        if (m->size)
            memcpy(data, m->data, m->size);
        free(m->data);
    }
    m->data = data;
    m->span = span;
    *at = start;
    return data + start;
}

void map_trim(struct map *m, size_t used)
{
    size_t span = whole_pages(m->size) + whole_pages(used);

    if (span < m->span)
        munmap(m->data + span, m->span - span);
    m->span = span;
}

void map_destroy(struct map *m)
{
    if (!m)
        return;
    /* The slot goes first: once unmapped, the addresses may come back as
     * another map's, which must be found in its own slot. */
    if (m->slot)
        slot_release(m->slot);
    if (m->span)
        munmap(m->data, m->span);
    else
        free(m->data);
    free(m);
}
