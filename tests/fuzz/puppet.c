/* SPDX-License-Identifier: GPL-3.0-or-later */
/* puppet.c - each byte of the script is a thing to do, some with arguments
 * behind them. It is done when the parent waits for a frame and none is there,
 * so that the same bytes always end in the same way. */
#include <config.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lane/frame.h"
#include "lane/process.h"
#include "fuzz.h"
#include "puppet.h"

/* Packets that a frame is cut into at most; the socket holds some 200. */
#define PIECES 16
#define REQUEST_MAX 65536
#define BIG_TEXT 65536

enum act {
    ACT_PAGE, /* how far from the right one, kind of error */
    ACT_TEXT, /* length, the text */
    ACT_DONE, /* kind of error */
    ACT_INFO, /* pages, kind of error, length of a title */
    ACT_TRAP, /* system call */
    ACT_RAW,  /* length, bytes that need not be a frame */
    ACT_TYPE, /* type of an empty frame */
    ACT_BIG,  /* a long text of this byte */
    ACT_GIFT, /* a descriptor */
    ACT_SILENCE,
    ACT_DIE, /* of what */
    ACTS
};

struct puppet puppet;

/* The worker that there is: one at a time. */
static struct {
    int fd;
    uint32_t pages[FRAME_PAGES_MAX]; /* of the last request */
    uint32_t count, next;
    unsigned cause; /* of its death */
    /* What it has sent: whole frames, and of the next one so much. */
    uint64_t whole, taken;
    unsigned char header[8];
    size_t header_size, body_left;
    bool garbled; /* whose rest is nothing any more */
} hand = { .fd = -1 };

static uint8_t puppet_byte(void)
{
    if (puppet.left == 0)
        return 0;
    puppet.left--;
    return *puppet.script++;
}

static const char *puppet_bytes(size_t *size)
{
    const char *bytes = (const char *)puppet.script;
    if (*size > puppet.left)
        *size = puppet.left;
    puppet.script += *size;
    puppet.left -= *size;
    return bytes;
}

static void puppet_hang_up(void)
{
    close(hand.fd);
    hand.fd = -1;
}

/* Follows where frames end, as a reader would. */
static void puppet_follow(const char *data, size_t size)
{
    while (size > 0 && !hand.garbled) {
        size_t part = hand.header_size < 8 ? 8 - hand.header_size : hand.body_left;
        if (part > size)
            part = size;
        if (hand.header_size < 8) {
            memcpy(hand.header + hand.header_size, data, part);
            hand.header_size += part;
            uint32_t body;
            memcpy(&body, hand.header, sizeof body);
            hand.body_left = body;
            hand.garbled = hand.header_size == 8 && body > FRAME_BODY_MAX;
        } else {
            hand.body_left -= part;
        }
        data += part;
        size -= part;
        if (hand.header_size == 8 && (hand.body_left == 0 || hand.garbled)) {
            hand.whole++;
            hand.header_size = 0;
        }
    }
}

static void puppet_push(const char *data, size_t size)
{
    puppet_follow(data, size);
    for (int i = 1; size > 0 && hand.fd >= 0; i++) {
        size_t part = puppet.piece && i < PIECES && puppet.piece < size ? puppet.piece
                                                                        : size;
        /* Full: it has left too many halves of frames behind. */
        if (send(hand.fd, data, part, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
            puppet_hang_up();
        data += part;
        size -= part;
    }
}

static void puppet_send(struct buffer *b)
{
    uint32_t size = (uint32_t)(b->size - 8);
    memcpy(b->data, &size, sizeof size);
    puppet_push(b->data, b->size);
}

static void puppet_put_error(struct buffer *b)
{
    struct error e = { .kind = (enum error_kind)puppet_byte(), .detail = "a fault" };
    frame_put_error(b, &e);
}

static void puppet_page(struct buffer *b)
{
    uint32_t page = hand.next < hand.count ? hand.pages[hand.next++] : 1;
    uint8_t byte = puppet_byte();
    frame_begin(b, FRAME_PAGE);
    frame_put_u32(b, page + byte % 16);
    puppet_put_error(b);
    frame_put_u32(b, byte / 16);
    puppet_send(b);
}

static void puppet_info(struct buffer *b)
{
    uint8_t pages = puppet_byte();
    frame_begin(b, FRAME_INFO);
    frame_put_u32(b, pages == 255 ? UINT32_MAX : pages);
    frame_put_string(b, "");
    puppet_put_error(b);
    size_t size = puppet_byte();
    frame_put_u32(b, size > 0);
    if (size > 0) {
        const char *title = puppet_bytes(&size);
        frame_put_string(b, "title");
        frame_put_u32(b, (uint32_t)size);
        buffer_append(b, title, size);
    }
    puppet_send(b);
}

static void puppet_text(struct buffer *b)
{
    size_t size = puppet_byte();
    const char *text = puppet_bytes(&size);
    frame_begin(b, FRAME_TEXT);
    buffer_append(b, text, size);
    puppet_send(b);
}

static void puppet_big(struct buffer *b)
{
    char c = (char)puppet_byte();
    frame_begin(b, FRAME_TEXT);
    for (size_t i = 0; i < BIG_TEXT; i++)
        buffer_append_char(b, c);
    puppet_send(b);
}

static void puppet_raw(void)
{
    size_t size = puppet_byte();
    const char *bytes = puppet_bytes(&size);
    if (size > 0)
        puppet_push(bytes, size);
}

static void puppet_gift(struct buffer *b)
{
    frame_begin(b, FRAME_TEXT);
    puppet_follow(b->data, b->size);
    if (frame_send(hand.fd, b, hand.fd, true) != 0)
        puppet_hang_up();
}

/* The next thing in the script. False: and then nothing for a while. */
static bool puppet_act(void)
{
    struct buffer b = { 0 };
    bool goes_on = true;
    switch (puppet.left ? puppet_byte() % ACTS : ACT_DIE) {
    case ACT_PAGE:
        puppet_page(&b);
        break;
    case ACT_TEXT:
        puppet_text(&b);
        break;
    case ACT_DONE:
        frame_begin(&b, FRAME_DONE);
        puppet_put_error(&b);
        puppet_send(&b);
        break;
    case ACT_INFO:
        puppet_info(&b);
        break;
    case ACT_TRAP:
        frame_begin(&b, FRAME_TRAP);
        frame_put_u32(&b, puppet_byte());
        puppet_send(&b);
        break;
    case ACT_RAW:
        puppet_raw();
        break;
    case ACT_TYPE:
        frame_begin(&b, (enum frame_type)puppet_byte());
        puppet_send(&b);
        break;
    case ACT_BIG:
        puppet_big(&b);
        break;
    case ACT_GIFT:
        puppet_gift(&b);
        break;
    case ACT_SILENCE:
        goes_on = false;
        if (puppet.patient)
            puppet_hang_up();
        break;
    default:
        hand.cause = puppet_byte() % 3;
        puppet_hang_up();
    }
    buffer_free(&b);
    return goes_on && hand.fd >= 0;
}

/* What the parent sends is right, whatever it has been sent. */
static void puppet_read_request(const char *data, size_t size, int passed)
{
    uint32_t header[2];
    fuzz_must(size >= sizeof header);
    memcpy(header, data, sizeof header);
    fuzz_must(header[0] == size - sizeof header);
    struct frame frame = { (enum frame_type)header[1], data + sizeof header, header[0] };
    struct frame_cursor c = frame_cursor(&frame);
    fuzz_must(frame_get_u64(&c) > 0);
    if (frame.type == FRAME_REQUEST) {
        fuzz_must(passed == 1);
        free(frame_get_string(&c, 64));
        free(frame_get_string(&c, 64));
        if (frame_get_u32(&c))
            free(frame_get_string(&c, 64));
        struct format_options options;
        fuzz_must(frame_get_options(&c, &options));
        frame_get_u32(&c); /* whether members are wanted */
        hand.count = frame_get_u32(&c);
        hand.next = 0;
        fuzz_must(hand.count <= FRAME_PAGES_MAX);
        for (uint32_t i = 0; i < hand.count; i++)
            hand.pages[i] = frame_get_u32(&c);
    } else {
        fuzz_must(frame.type == FRAME_CLOSE && passed == 0);
    }
    fuzz_must(!c.bad && c.left == 0);
}

static void puppet_listen(void)
{
    static char data[REQUEST_MAX];
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } control;
    while (hand.fd >= 0) {
        struct iovec part = { data, sizeof data };
        struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1,
                                  .msg_control = &control,
                                  .msg_controllen = sizeof control.room };
        ssize_t n = recvmsg(hand.fd, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
        if (n <= 0)
            return;
        struct cmsghdr *c = CMSG_FIRSTHDR(&message);
        int passed;
        if (c) {
            memcpy(&passed, CMSG_DATA(c), sizeof passed);
            close(passed);
        }
        puppet_read_request(data, (size_t)n, c != NULL);
    }
}

/* --- in place of the real ones --- */

enum frame_got __real_frame_receive(struct frame_reader *r, double deadline,
                                    struct frame *frame);
enum frame_got __wrap_frame_receive(struct frame_reader *r, double deadline,
                                    struct frame *frame);

enum frame_got __wrap_frame_receive(struct frame_reader *r, double deadline,
                                    struct frame *frame)
{
    puppet_listen();
    while (hand.fd >= 0 && hand.whole == hand.taken && puppet_act())
        continue;
    enum frame_got got = __real_frame_receive(r, deadline, frame);
    if (got == FRAME_GOT) {
        hand.taken++;
        puppet.frames++;
    }
    return got;
}

int process_start(struct process *p, struct worker_pool *pool,
                  const struct format *only, bool patient, struct error *e)
{
    int pair[2];
    (void)patient;
    p->only = only;
    fuzz_must(p->pid == 0 && puppet.alive == 0);
    if (++puppet.starts == puppet.refused)
        return error_set(e, ERROR_INTERNAL, "a worker does not start");
    /* Packets, so that what is sent in pieces arrives in pieces. */
    fuzz_must(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0);
    memset(&hand, 0, sizeof hand);
    hand.fd = pair[1];
    p->pid = INT_MAX;
    p->fd = pair[0];
    frame_reader_init(&p->in, p->fd);
    puppet.alive++;
    pool->started++;
    return 0;
}

void process_end(struct process *p)
{
    fuzz_must(p->pid == INT_MAX && puppet.alive == 1);
    close(p->fd);
    frame_reader_clear(&p->in);
    p->pid = 0;
    p->fd = -1;
    puppet.alive--;
    if (hand.fd >= 0)
        puppet_hang_up();
}

void process_dismiss(struct process *p)
{
    if (p->pid)
        process_end(p);
}

bool process_autopsy(struct process *p, struct worker_pool *pool, struct error *e)
{
    static const enum error_kind kinds[] = { ERROR_KILLED, ERROR_CRASH, ERROR_OOM };
    process_end(p);
    pool->crashed++;
    error_set(e, kinds[hand.cause], "it died");
    return kinds[hand.cause] == ERROR_KILLED;
}
