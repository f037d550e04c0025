/* The connections of subscribers: plain, or with -DTLS and --tls-port over TLS by OpenSSL. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#ifdef TLS
#include <openssl/err.h>
#include <openssl/ssl.h>

#define MAX_FDS 200000

static SSL_CTX *tls_context;
static SSL *tls_of[MAX_FDS];

/* Does the handshake on a socket that blocks. */
static void wire_open(int fd) {
    if (!tls_context) {
        tls_context = SSL_CTX_new(TLS_client_method());
        SSL_CTX_set_mode(tls_context, SSL_MODE_RELEASE_BUFFERS);
    }
    SSL *tls = SSL_new(tls_context);
    SSL_set_fd(tls, fd);
    if (fd >= MAX_FDS || SSL_connect(tls) != 1) {
        ERR_print_errors_fp(stderr);
        exit(2);
    }
    tls_of[fd] = tls;
}

/* As read; EAGAIN when nothing whole has come. */
static ssize_t wire_read(int fd, void *bytes, size_t size) {
    SSL *tls = tls_of[fd];
    if (!tls) return read(fd, bytes, size);
    int got = SSL_read(tls, bytes, (int)size);
    if (got > 0) return got;
    int error = SSL_get_error(tls, got);
    ERR_clear_error();
    if (error == SSL_ERROR_ZERO_RETURN) return 0;
    errno = error == SSL_ERROR_WANT_READ ? EAGAIN : ECONNRESET;
    return -1;
}

static ssize_t wire_write(int fd, const void *bytes, size_t size) {
    return tls_of[fd] ? SSL_write(tls_of[fd], bytes, (int)size) : write(fd, bytes, size);
}

/* Whether bytes have been read from the socket of which epoll knows nothing. */
static int wire_has_more(int fd) {
    return tls_of[fd] && SSL_has_pending(tls_of[fd]);
}

static void wire_close(int fd) {
    if (tls_of[fd]) SSL_free(tls_of[fd]);
    tls_of[fd] = NULL;
    close(fd);
}
#else
#define wire_read read
#define wire_write write
#define wire_close close
#define wire_has_more(fd) 0

static void wire_open(int fd) {
    (void)fd;
    fputs("--tls-port needs a build with -DTLS -lssl -lcrypto\n", stderr);
    exit(2);
}
#endif
