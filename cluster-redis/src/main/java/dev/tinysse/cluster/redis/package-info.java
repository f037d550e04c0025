/**
 * The event log of several nodes, in streams of Redis or Valkey. {@link RedisLogProvider} is found by
 * {@link java.util.ServiceLoader}.
 */
package dev.tinysse.cluster.redis;
