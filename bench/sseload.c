/*
 * sseload - load generator for a Server-Sent Events publish/subscribe server (Linux, epoll, one thread).
 *
 * Opens N subscriber connections and waits until each has received its first bytes, then publishes M messages over
 * keep-alive connections, in a closed loop with K in flight or at a fixed rate, and counts every delivery at every
 * subscriber. Each message begins with the 19 digits of the nanosecond at which it was sent, so each delivery gives one
 * latency sample. Each response to a publisher gives one, too.
 *
 * With --channels N the paths get a segment "/c0" to "/cN-1": stream i is on channel i modulo N, message m on m modulo N.
 * With --first-channel F the numbers begin at F. With --sub-channels LIST all streams are on those of the list, or on a pattern, and are
 * to have every message.
 *
 * The form, text or JSON of a publish consists of --before, the message and --after, with the media type --type. A delivery is the text
 * --marker ("data:" by default) and the digits. These options are for other servers.
 *
 * Prints one line of JSON: what was delivered, how fast, percentiles of the latencies from publish to delivery (lat_ms) and from publish to
 * response (ack_ms), and the CPU time and resident memory that the kernel accounts to the server (give --pid).
 * Exit status 1 if anything was refused or not delivered.
 *
 * Build: cc -O2 -o sseload sseload.c, and for subscribers over TLS: cc -O2 -DTLS -o sseload sseload.c -lssl -lcrypto
 */
#define _GNU_SOURCE
#include "measure.h"
#include "wire.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>

#define MAX_EVENTS 512
#define DIGITS 19
#define CONNECTING_AT_ONCE 200
#define SECOND_NS 1000000000ull
#define PUBLISHER 0x80000000u /* marks the epoll data of a publisher's connection */

enum body { FORM, RAW, JSON };

static const char USAGE[] =
    "usage: sseload [--host H] [--port P] [--sub-path P] [--pub-path P] [--subs N] [--stalled N] [--msgs M]\n"
    "               [--payload BYTES] [--inflight K | --rate PER_S] [--raw | --json] [--header 'K: V']\n"
    "               [--type MEDIA_TYPE] [--before TEXT] [--after TEXT] [--marker TEXT]\n"
    "               [--pid SERVER] [--wait S] [--hold S] [--addrs N] [--channels N] [--first-channel F]\n"
    "               [--sub-channels LIST] [--tls-port P] [--unread]\n";

static const char *host = "127.0.0.1", *sub_path = "/sse", *pub_path = "/sse", *sub_channels, *headers = "",
                  *type, *before, *after, *marker = "data:";
static int port = 1983, subs = 100, stalled, payload = 64, inflight = 1, hold_s, addrs = 1, max_wait_s = 60, pid,
           channels, first_channel, tls_port, unread;
static long msgs = 1000;
static double rate;
static enum body body = FORM;

struct subscriber {
    int fd;
    uint8_t matched, digits, ready, dead;
    uint64_t sent_ns;
    long received;
};

struct publisher {
    int fd, busy, have;
    uint64_t sent_ns;
    char response[4096];
};

static struct subscriber *all;
static struct publisher *publishers;
static int epoll;
static struct histogram deliveries, responses;
static long ready, closed_early, delivered, sent, acked, refused;
static uint64_t last_ns; /* of the last delivery, or of the last response where nobody subscribes */
static char input[1 << 18];

static void die(const char *what) {
    perror(what);
    exit(2);
}

static void parse_options(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        const char *name = argv[i], *value = i + 1 < argc ? argv[i + 1] : "";
        char *line;
#define OPTION(text) (!strcmp(name, text) && ++i)
        if (OPTION("--host")) host = value;
        else if (OPTION("--port")) port = atoi(value);
        else if (OPTION("--sub-path")) sub_path = value;
        else if (OPTION("--pub-path")) pub_path = value;
        else if (OPTION("--subs")) subs = atoi(value);
        else if (OPTION("--stalled")) stalled = atoi(value);
        else if (OPTION("--msgs")) msgs = atol(value);
        else if (OPTION("--payload")) payload = atoi(value);
        else if (OPTION("--inflight")) inflight = atoi(value);
        else if (OPTION("--rate")) rate = atof(value);
        else if (OPTION("--pid")) pid = atoi(value);
        else if (OPTION("--wait")) max_wait_s = atoi(value);
        else if (OPTION("--hold")) hold_s = atoi(value);
        else if (OPTION("--tls-port")) tls_port = atoi(value);
        else if (OPTION("--addrs")) addrs = atoi(value);
        else if (OPTION("--channels")) channels = atoi(value);
        else if (OPTION("--first-channel")) first_channel = atoi(value);
        else if (OPTION("--sub-channels")) sub_channels = value;
        else if (OPTION("--type")) type = value;
        else if (OPTION("--before")) before = value;
        else if (OPTION("--after")) after = value;
        else if (OPTION("--marker")) marker = value;
        else if (OPTION("--header")) {
            if (asprintf(&line, "%s%s\r\n", headers, value) < 0) die("memory");
            headers = line;
        } else if (!strcmp(name, "--unread")) unread = 1; /* what is compressed: each read counts as a message */
        else if (!strcmp(name, "--raw")) body = RAW;
        else if (!strcmp(name, "--json")) body = JSON;
        else {
            fputs(USAGE, stderr);
            exit(2);
        }
#undef OPTION
    }
    if (payload < DIGITS) payload = DIGITS;
    static const char *types[] = {"application/x-www-form-urlencoded", "text/plain", "application/json"};
    static const char *prefixes[] = {"data=", "", "{\"data\":\""}, *suffixes[] = {"", "", "\"}"};
    if (!type) type = types[body];
    if (!before) before = prefixes[body];
    if (!after) after = suffixes[body];
}

static int dial(int number, int to_port) {
    int one = 1, small = 4096, fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0) die("socket");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (number < stalled) setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    if (addrs > 1) { /* an address has 28,000 ports; spread over 127.0.0.2 and so on to have more */
        struct sockaddr_in local = {.sin_family = AF_INET};
        local.sin_addr.s_addr = htonl(0x7f000002u + number % addrs);
        setsockopt(fd, IPPROTO_IP, 24 /* IP_BIND_ADDRESS_NO_PORT */, &one, sizeof one);
        if (bind(fd, (struct sockaddr *)&local, sizeof local)) die("bind");
    }
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(to_port)};
    inet_pton(AF_INET, host, &server.sin_addr);
    if (connect(fd, (struct sockaddr *)&server, sizeof server)) die("connect");
    return fd;
}

static void watch(int fd, uint32_t data) {
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = data};
    fcntl(fd, F_SETFL, O_NONBLOCK);
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

static void lost(struct subscriber *s) {
    if (!s->dead) {
        s->dead = 1;
        closed_early++;
        wire_close(s->fd);
    }
}

/* Waits for first bytes; stalled streams are not read again after them. */
static int await_first_bytes(void) {
    struct epoll_event events[MAX_EVENTS];
    int count = epoll_wait(epoll, events, MAX_EVENTS, 1000);
    for (int i = 0; i < count; i++) {
        struct subscriber *s = &all[events[i].data.u32];
        ssize_t got = wire_read(s->fd, input, sizeof input);
        if (got > 0 && !s->ready) {
            s->ready = 1;
            ready++;
            if (s - all < stalled) epoll_ctl(epoll, EPOLL_CTL_DEL, s->fd, NULL);
        } else if (got == 0) {
            lost(s);
        }
    }
    return count;
}

/* The part of the path that names a channel. */
static const char *channel_of(long number) {
    static char segment[32];
    if (channels) sprintf(segment, "/c%ld", first_channel + number % channels);
    return segment;
}

static void subscribe_all(void) {
    char request[4096];
    for (int i = 0; i < subs; i++) {
        int length = snprintf(request, sizeof request,
                              "GET %s%s%s HTTP/1.1\r\nHost: %s:%d\r\nAccept: text/event-stream\r\nUser-Agent: sseload\r\n%s\r\n",
                              sub_path, sub_channels ? "/" : channel_of(i), sub_channels ? sub_channels : "", host, port, headers);
        all[i].fd = dial(i, tls_port ? tls_port : port);
        if (tls_port) wire_open(all[i].fd);
        if (wire_write(all[i].fd, request, length) != length) die("subscribe");
        watch(all[i].fd, i);
        while (i - ready > CONNECTING_AT_ONCE && await_first_bytes() > 0) {
        }
    }
    uint64_t deadline = now_ns() + max_wait_s * SECOND_NS;
    while (ready < subs - closed_early && now_ns() < deadline) await_first_bytes();
}

/* Finds the marker, a space or none, and 19 digits, also when they come in several reads. */
static void scan(struct subscriber *s, const char *bytes, long count, uint64_t now) {
    const size_t length = strlen(marker);
    for (long i = 0; i < count; i++) {
        char c = bytes[i];
        if (s->matched < length) {
            s->matched = c == marker[s->matched] ? s->matched + 1 : c == marker[0];
            s->digits = 0;
            s->sent_ns = 0;
        } else if (c == ' ' && s->digits == 0) {
            continue;
        } else if (c >= '0' && c <= '9') {
            s->sent_ns = s->sent_ns * 10 + (c - '0');
            if (++s->digits == DIGITS) {
                s->matched = 0;
                s->received++;
                delivered++;
                last_ns = now;
                add_latency(&deliveries, s->sent_ns, now);
            }
        } else {
            s->matched = 0;
        }
    }
}

static void receive(struct subscriber *s, uint64_t now) {
    ssize_t got;
    do {
        got = wire_read(s->fd, input, sizeof input);
        if (got > 0 && unread) {
            s->received++;
            delivered++;
            last_ns = now;
        } else if (got > 0) {
            scan(s, input, got, now);
        }
    } while (got > 0 && wire_has_more(s->fd));
    if (got > 0) return;
    if (got == 0 || (errno != EAGAIN && errno != EINTR)) lost(s);
}

static void publish(struct publisher *p, char *request, const char *padding) {
    int tail = payload - DIGITS, size = (int)strlen(before) + payload + (int)strlen(after);
    p->sent_ns = now_ns();
    int length = sprintf(request,
                         "POST %s%s HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: %s\r\n%sContent-Length: %d\r\n\r\n"
                         "%s%019llu%.*s%s",
                         pub_path, channel_of(sent), host, port, type, headers, size, before, (unsigned long long)p->sent_ns, tail,
                         padding, after);
    for (int written = 0; written < length;) {
        ssize_t n = write(p->fd, request + written, length - written);
        if (n > 0) written += n;
        else if (errno == EAGAIN) usleep(50);
        else die("publish");
    }
    p->busy = 1;
    p->have = 0;
    sent++;
}

static void take_response(struct publisher *p, uint64_t now) {
    ssize_t got = read(p->fd, p->response + p->have, sizeof p->response - 1 - p->have);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) die("publisher's connection closed");
    p->have += got;
    p->response[p->have] = 0;
    const char *end = strstr(p->response, "\r\n\r\n"), *field = strcasestr(p->response, "content-length:");
    if (!end) return;
    int whole = field && field < end ? p->have >= (end + 4 - p->response) + atol(field + 15)
                                     : strstr(end, "0\r\n\r\n") || !strncmp(p->response + 9, "204", 3);
    if (!whole) return;
    p->busy = 0;
    acked++;
    add_latency(&responses, p->sent_ns, now);
    if (!subs) last_ns = now;
    if (p->response[9] != '2' && ++refused == 1) fprintf(stderr, "publish refused: %.200s\n", p->response);
}

/* Publishes what is due, on the connections by turns, so that none is idle until the server closes it. Says for how many milliseconds to
 * wait for input afterwards. */
static int publish_due(uint64_t start, char *request, const char *padding) {
    static int turn;
    for (int i = 0; i < inflight && sent < msgs; i++) {
        struct publisher *p = &publishers[turn];
        if (!p->busy) {
            double due_in = rate > 0 ? sent / rate - (now_ns() - start) / 1e9 : 0;
            if (due_in > 0) return due_in > 0.002 ? 1 : 0;
            publish(p, request, padding);
        }
        turn = (turn + 1) % inflight;
    }
    return 200;
}

/* How many deliveries one stream, or all of them, are to have. */
static long expected_of(int stream) {
    return channels && !sub_channels ? msgs / channels + (stream % channels < msgs % channels) : msgs;
}

static long expected_of_all(void) {
    long all_of_them = 0;
    for (int i = stalled; i < subs; i++) all_of_them += expected_of(i);
    return all_of_them;
}

static void publish_all(uint64_t start) {
    struct epoll_event events[MAX_EVENTS];
    char *request = malloc(payload + 8192), *padding = malloc(payload + 1);
    long wanted = expected_of_all() - (channels ? 0 : msgs * closed_early), progress = 0;
    uint64_t last_progress = start;
    memset(padding, 'x', payload);
    padding[payload] = 0;
    while (acked < msgs || delivered < wanted) {
        uint64_t now = now_ns();
        if (delivered + acked != progress) {
            progress = delivered + acked;
            last_progress = now;
        }
        if (now - last_progress > max_wait_s * SECOND_NS) break;
        int count = epoll_wait(epoll, events, MAX_EVENTS, publish_due(start, request, padding));
        now = now_ns();
        for (int i = 0; i < count; i++) {
            uint32_t data = events[i].data.u32;
            if (data & PUBLISHER) take_response(&publishers[data & ~PUBLISHER], now);
            else receive(&all[data], now);
        }
    }
}

static void report_latencies(const char *name, const struct histogram *latencies) {
    printf("\"%s\":{\"p50\":%.3f,\"p90\":%.3f,\"p99\":%.3f,\"p999\":%.3f,\"max\":%.3f},", name, percentile_ms(latencies, .5),
           percentile_ms(latencies, .9), percentile_ms(latencies, .99), percentile_ms(latencies, .999),
           percentile_ms(latencies, .9999999));
}

static void report(double connect_s, double elapsed_s, struct usage before, struct usage connected, struct usage begin,
                   struct usage end) {
    struct rusage own;
    long expected = expected_of_all(), behind = 0;
    double user = end.user_s - begin.user_s, system = end.system_s - begin.system_s;
    double connect_cpu = connected.user_s + connected.system_s - before.user_s - before.system_s;
    for (int i = stalled; i < subs; i++) behind += all[i].received < expected_of(i);
    if (elapsed_s <= 0) elapsed_s = 1;
    getrusage(RUSAGE_SELF, &own);
    printf("{\"subs\":%d,\"msgs\":%ld,\"payload\":%d,\"acked\":%ld,\"refused\":%ld,\"delivered\":%ld,\"expected\":%ld,"
           "\"subs_short\":%ld,\"closed_early\":%ld,\"connect_s\":%.2f,\"elapsed_s\":%.3f,\"publish_per_s\":%.0f,"
           "\"deliveries_per_s\":%.0f,",
           subs, msgs, payload, acked, refused, delivered, expected, behind, closed_early, connect_s, elapsed_s,
           acked / elapsed_s, delivered / elapsed_s);
    report_latencies("lat_ms", &deliveries);
    report_latencies("ack_ms", &responses);
    printf("\"server\":{\"cpu_us_per_delivery\":%.3f,\"cpu_us_per_publish\":%.3f,\"user_s\":%.2f,\"sys_s\":%.2f,"
           "\"rss_before_mib\":%.1f,\"rss_connected_mib\":%.1f,\"rss_end_mib\":%.1f,\"kib_per_sub\":%.2f,"
           "\"connect_cpu_us\":%.1f},"
           "\"client_cpu_s\":%.2f}\n",
           delivered ? (user + system) * 1e6 / delivered : 0, acked ? (user + system) * 1e6 / acked : 0, user, system,
           before.rss_kib / 1024., connected.rss_kib / 1024., end.rss_kib / 1024.,
           subs ? (connected.rss_kib - before.rss_kib) / (double)subs : 0,
           subs ? connect_cpu * 1e6 / subs : 0,
           own.ru_utime.tv_sec + own.ru_stime.tv_sec + (own.ru_utime.tv_usec + own.ru_stime.tv_usec) / 1e6);
    exit(refused || delivered < expected);
}

int main(int argc, char **argv) {
    parse_options(argc, argv);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    all = calloc(subs + 1, sizeof *all);
    publishers = calloc(inflight, sizeof *publishers);
    epoll = epoll_create1(0);

    struct usage before = usage_of(pid);
    uint64_t start = now_ns();
    subscribe_all();
    double connect_s = (now_ns() - start) / 1e9;
    usleep(500000);
    struct usage connected = usage_of(pid);
    if (hold_s) {
        sleep(hold_s);
        connected.rss_kib = usage_of(pid).rss_kib;
    }

    for (int i = 0; i < inflight; i++) {
        publishers[i].fd = dial(stalled + i, port);
        watch(publishers[i].fd, PUBLISHER | i);
    }
    struct usage begin = usage_of(pid);
    start = last_ns = now_ns();
    publish_all(start);
    report(connect_s, (last_ns - start) / 1e9, before, connected, begin, usage_of(pid));
}
