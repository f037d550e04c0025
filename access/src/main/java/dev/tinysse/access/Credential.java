package dev.tinysse.access;

/**
 * The proof of identity in a request. Not for logs.
 *
 * @param token as it came
 * @param isApiKey whether it can only be an API key
 * @param onlyCookie whether it came in a cookie and nowhere else, which browsers also send for pages of others
 */
record Credential(String token, boolean isApiKey, boolean onlyCookie) {
    @Override
    public String toString() {
        return "Credential";
    }
}
