/* What sseload measures with: the clock, histograms of latencies, and what the kernel accounts to a process. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static uint64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (uint64_t)t.tv_sec * 1000000000ull + t.tv_nsec;
}

/* Log-linear: 64 buckets for each power of two of microseconds, so a bucket is at most 1.6 % wide. */
#define BUCKETS_PER_POWER 64
#define BUCKETS (64 * BUCKETS_PER_POWER)

struct histogram {
    uint64_t buckets[BUCKETS], samples;
};

static int bucket_of(uint64_t us) {
    if (us < BUCKETS_PER_POWER) {
        return (int)us;
    }
    int power = 63 - __builtin_clzll(us);
    return (power - 5) * BUCKETS_PER_POWER + (int)((us >> (power - 6)) & (BUCKETS_PER_POWER - 1));
}

static uint64_t lower_bound(int bucket) {
    if (bucket < BUCKETS_PER_POWER) {
        return bucket;
    }
    int power = bucket / BUCKETS_PER_POWER + 5;
    return ((uint64_t)BUCKETS_PER_POWER + bucket % BUCKETS_PER_POWER) << (power - 6);
}

/* Counts what took from one moment to another; the clock may have been set back meanwhile. */
static void add_latency(struct histogram *latencies, uint64_t from_ns, uint64_t to_ns) {
    latencies->buckets[bucket_of(to_ns > from_ns ? (to_ns - from_ns) / 1000 : 0)]++;
    latencies->samples++;
}

/* The given share (0 to 1) of all samples was at most so many milliseconds. */
static double percentile_ms(const struct histogram *latencies, double share) {
    uint64_t wanted = (uint64_t)(share * latencies->samples), seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
        seen += latencies->buckets[i];
        if (seen > wanted) {
            return lower_bound(i) / 1000.0;
        }
    }
    return 0;
}

struct usage {
    double user_s, system_s;
    long rss_kib;
};

/* Zeros for pid 0 and for a process that has gone. */
static struct usage usage_of(int pid) {
    struct usage usage = {0};
    char path[64], text[4096];
    unsigned long user, system;
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = pid ? fopen(path, "r") : NULL;
    if (!file) {
        return usage;
    }
    text[fread(text, 1, sizeof text - 1, file)] = 0;
    fclose(file);
    const char *fields = strrchr(text, ')'); /* the name before it may have spaces */
    if (fields && sscanf(fields + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) == 2) {
        usage.user_s = user / (double)sysconf(_SC_CLK_TCK);
        usage.system_s = system / (double)sysconf(_SC_CLK_TCK);
    }
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    if ((file = fopen(path, "r"))) {
        while (fgets(text, sizeof text, file) && sscanf(text, "VmRSS: %ld", &usage.rss_kib) != 1) {
        }
        fclose(file);
    }
    return usage;
}
