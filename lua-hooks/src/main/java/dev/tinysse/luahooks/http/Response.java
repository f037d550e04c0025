package dev.tinysse.luahooks.http;

import java.util.List;

/**
 * A whole response.
 *
 * @param status  any status
 * @param headers one for each name, the last if there were more
 * @param body    the bytes as they were sent, not unpacked; the receiver may keep them
 */
public record Response(int status, List<Header> headers, byte[] body) {}
