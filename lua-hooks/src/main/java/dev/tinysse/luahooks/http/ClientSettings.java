package dev.tinysse.luahooks.http;

/**
 * The settings of the platform's client, which it reads from the properties of the system once, when it is first used. A property that is set
 * already stays.
 */
final class ClientSettings {

    private ClientSettings() {}

    static void apply() {
        // scripts may set these fields themselves
        set("jdk.httpclient.allowRestrictedHeaders", "connection,content-length,expect,host,upgrade");
        // nothing is sent twice, not even what is thought to be harmless
        set("jdk.httpclient.redirects.retrylimit", "1");
        set("jdk.httpclient.disableRetryConnect", "true");
    }

    private static void set(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
