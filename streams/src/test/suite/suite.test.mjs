// The public conformance suite, against the server whose address is in DURABLE_STREAMS_URL.
import { runConformanceTests } from "@durable-streams/server-conformance-tests";

runConformanceTests({ baseUrl: process.env.DURABLE_STREAMS_URL, longPollTimeoutMs: Number(process.env.LONG_POLL_MS) });
