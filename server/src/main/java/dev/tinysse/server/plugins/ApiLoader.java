package dev.tinysse.server.plugins;

import dev.tinysse.api.HookProvider;

/** The parent of every plugin's class loader: shows the JDK and the API, and hides what the server is made of. */
final class ApiLoader extends ClassLoader {
    private static final String API = HookProvider.class.getPackageName();

    ApiLoader() {
        super("tinysse-api", getPlatformClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(API + ".") && name.lastIndexOf('.') == API.length()) {
            return HookProvider.class.getClassLoader().loadClass(name);
        }
        Class<?> found = super.loadClass(name, resolve);
        if (isOfServer(found)) {
            throw new ClassNotFoundException(name);
        }
        return found;
    }

    /** The JDK's platform loader finds each module of the runtime image, also those that are not of the JDK. */
    private static boolean isOfServer(Class<?> found) {
        String module = found.getModule().getName();
        return found.getClassLoader() == getSystemClassLoader() && (module == null || !module.startsWith("jdk."));
    }
}
