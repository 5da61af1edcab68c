/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signals.c - a thread that waits for SIGINT, SIGTERM and SIGHUP. Being a
 * thread and not a handler it may take locks, and no other is interrupted. */
#include <config.h>

#include "base/signals.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/diag.h"

static const int stopping[] = {SIGINT, SIGTERM, SIGHUP};

/* Written by signals_start alone, before the thread is there. */
static sigset_t waited;
static void (*stop_call)(void *ctx);
static void *stop_ctx;
static int called_signum;
static void (*called_call)(void);

static atomic_int event_fd = -1;
static atomic_int first_signal;
static _Atomic(void (*)(void)) cleanup_call;

/* The next of those that ask for the end. */
static int wait_for_signal(void)
{
    int signum;

    for (;;) {
        if (sigwait(&waited, &signum) != 0)
            continue;
        if (signum != called_signum)
            return signum;
        called_call();
    }
}

void signals_call(int signum, void (*call)(void))
{
    called_signum = signum;
    called_call = call;
}

static void *watch(void *unused)
{
    static const uint64_t one = 1;

    (void)unused;
    atomic_store(&first_signal, wait_for_signal());
    if (stop_call)
        stop_call(stop_ctx);
    /* After that, so that who sees the descriptor knows that the end has been
     * asked for. It cannot fail: the counter is at 0, or 1 when the writer of
     * the output has failed, and the descriptor is our own. */
    if (write(atomic_load(&event_fd), &one, sizeof one) < 0)
        diag_bug("cannot write to the event descriptor");

    int second = wait_for_signal();
    void (*cleanup)(void) = atomic_load(&cleanup_call);

    if (cleanup)
        cleanup();
    signals_die(second);
}

static int start_thread(void)
{
    pthread_attr_t attributes;
    pthread_t thread;
    int errnum = pthread_attr_init(&attributes);

    if (errnum)
        return errnum;
    /* It ends with the program: nobody joins it. */
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    errnum = pthread_create(&thread, &attributes, watch, NULL);
    pthread_attr_destroy(&attributes);
    return errnum;
}

void signals_start(void (*on_stop)(void *ctx), void *ctx)
{
    sigemptyset(&waited);
    for (size_t i = 0; i < sizeof stopping / sizeof *stopping; i++) {
        struct sigaction action;

        if (sigaction(stopping[i], NULL, &action) == 0 &&
            action.sa_handler != SIG_IGN)
            sigaddset(&waited, stopping[i]);
    }
    if (called_signum)
        sigaddset(&waited, called_signum);
    signal(SIGPIPE, SIG_IGN);
    stop_call = on_stop;
    stop_ctx = ctx;

    int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);

    if (fd < 0) {
        diag_warning(NULL, "signals will end the program at once: eventfd");
        return;
    }
    atomic_store(&event_fd, fd);
    pthread_sigmask(SIG_BLOCK, &waited, NULL);

    int errnum = start_thread();

    if (errnum) {
        /* Unblocked, they end the program as they would without us. */
        pthread_sigmask(SIG_UNBLOCK, &waited, NULL);
        diag_warning(NULL, "signals will end the program at once: %s",
                     strerrordesc_np(errnum));
    }
}

int signals_caught(void)
{
    return atomic_load(&first_signal);
}

int signals_fd(void)
{
    return atomic_load(&event_fd);
}

void signals_set_cleanup(void (*cleanup)(void))
{
    atomic_store(&cleanup_call, cleanup);
}

void signals_die(int signum)
{
    sigset_t set;

    signal(signum, SIG_DFL);
    sigemptyset(&set);
    sigaddset(&set, signum);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    raise(signum);
    /* Process 1 of a container is not killed by its own signals: the shell's
     * status for them then. */
    _exit(128 + signum);
}
