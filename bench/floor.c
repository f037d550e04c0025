/*
 * floor - the least that a Server-Sent Events server can do, as a yardstick (Linux, epoll, one thread).
 *
 * Every POST body becomes one "data:" frame, and that frame is written with one write(2) per subscriber of its path, which
 * may end in a channel, "/c0" to "/c1022". There is no parsing worth the name, no limit, no care for slow readers: what is
 * left is the price of the kernel. A real server's CPU per delivery is measured as a multiple of this one's.
 *
 * Build: cc -O2 -o floor floor.c      Run: floor PORT
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_FILES 400000
#define MAX_CHANNELS 1024
#define MAX_EVENTS 512

static const char SUBSCRIBED[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                 "Cache-Control: no-cache\r\n\r\n: ok\n\n";
static const char ACCEPTED[] = "HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\n{}";

struct channel {
    int *subscribers, count, room;
};
static struct channel channels[MAX_CHANNELS]; /* the first is the path without a channel */
static struct channel *subscribed[MAX_FILES]; /* by file descriptor; none for a publisher */
static char request[1 << 16];
static char frame[1 << 17];

static void respond(int fd, const char *text, size_t length) {
    if (write(fd, text, length) != (ssize_t)length) {
        perror("write");
    }
}

static void forget(int fd) {
    struct channel *channel = subscribed[fd];
    for (int i = 0; channel && i < channel->count; i++) {
        if (channel->subscribers[i] == fd) {
            channel->subscribers[i] = channel->subscribers[--channel->count];
            break;
        }
    }
    subscribed[fd] = NULL;
    close(fd);
}

static void subscribe(int fd, struct channel *channel) {
    if (channel->count == channel->room) {
        channel->room = channel->room ? 2 * channel->room : 8;
        channel->subscribers = realloc(channel->subscribers, channel->room * sizeof *channel->subscribers);
    }
    channel->subscribers[channel->count++] = fd;
    subscribed[fd] = channel;
}

static struct channel *channel_of(const char *request_line) {
    int number;
    return sscanf(request_line, "%*[^ ] /sse/c%d", &number) == 1 ? &channels[(number + 1) % MAX_CHANNELS] : channels;
}

static void fan_out(const struct channel *channel, const char *data) {
    int length = sprintf(frame, "data: %s\n\n", data);
    for (int i = 0; i < channel->count; i++) {
        if (write(channel->subscribers[i], frame, length) != length) {
            continue; /* a slow consumer loses it */
        }
    }
}

static void serve(int fd) {
    ssize_t got = read(fd, request, sizeof request - 1);
    if (got < 0 && errno == EAGAIN) {
        return;
    }
    if (got <= 0) {
        forget(fd);
        return;
    }
    request[got] = 0;
    if (!strncmp(request, "GET", 3)) {
        respond(fd, SUBSCRIBED, sizeof SUBSCRIBED - 1);
        subscribe(fd, channel_of(request));
        return;
    }
    const char *body = strstr(request, "\r\n\r\n");
    const char *data = body ? strpbrk(body, "0123456789") : NULL; /* a text begins with digits, in a form and in JSON */
    if (!data) {
        forget(fd);
        return;
    }
    fan_out(channel_of(request), data);
    respond(fd, ACCEPTED, sizeof ACCEPTED - 1);
}

static void accept_all(int listener, int epoll) {
    int one = 1, fd;
    while ((fd = accept4(listener, 0, 0, SOCK_NONBLOCK)) >= 0) {
        struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
    }
}

static int listen_on(int port) {
    int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 4096)) {
        perror("bind");
        exit(1);
    }
    return fd;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: floor PORT\n");
        return 2;
    }
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);

    int listener = listen_on(atoi(argv[1])), epoll = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, events[MAX_EVENTS];
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int ready = epoll_wait(epoll, events, MAX_EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.fd == listener) {
                accept_all(listener, epoll);
            } else {
                serve(events[i].data.fd);
            }
        }
    }
}
