package dev.tinysse.luahooks;

import dev.tinysse.lua.CallLimits;
import dev.tinysse.lua.function.Library;
import dev.tinysse.luahooks.packages.Base64Package;
import dev.tinysse.luahooks.packages.FernetPackage;
import dev.tinysse.luahooks.packages.HttpPackage;
import dev.tinysse.luahooks.packages.JsonPackage;
import dev.tinysse.luahooks.packages.LogPackage;
import dev.tinysse.luahooks.packages.MutexPackage;
import dev.tinysse.luahooks.packages.ScriptClock;
import dev.tinysse.luahooks.packages.ServerAccess;
import dev.tinysse.luahooks.packages.SleepPackage;
import dev.tinysse.luahooks.packages.SqlitePackage;
import dev.tinysse.luahooks.packages.TemplatePackage;
import dev.tinysse.luahooks.packages.TinyssePackage;
import dev.tinysse.luahooks.packages.UrlPackage;
import dev.tinysse.luahooks.packages.UuidPackage;
import java.util.List;
import java.util.function.Supplier;

/** The packages that scripts of one engine find with {@code require}. */
final class ServerPackages implements AutoCloseable {
    /** Shows in the log that a line is the script's. */
    private static final String LOG = "tinysse.script";

    private final HttpPackage http;
    private final SqlitePackage sqlite;
    private final String version;
    private final ScriptClock clock;
    private final ServerAccess access;

    /**
     * Packages that are not open yet.
     *
     * @param server name and version, as the package {@code http} sends it
     * @param limits what the running call may use; asked by any thread
     * @param clock the time that scripts see
     * @param access what the package {@code tinysse} works with
     */
    ServerPackages(String server, Supplier<CallLimits> limits, ScriptClock clock, ServerAccess access) {
        this.version = server.substring(server.indexOf('/') + 1);
        this.clock = clock;
        this.access = access;
        http = new HttpPackage(server, limits.get().memory());
        sqlite = new SqlitePackage(limits);
    }

    /** Packages of scripts that run without a server. */
    static ServerPackages withoutServer(Supplier<CallLimits> limits, ScriptClock clock) {
        return withoutServer(limits, clock, ServerAccess.NONE);
    }

    /** The same, with something in place of the server. */
    static ServerPackages withoutServer(Supplier<CallLimits> limits, ScriptClock clock, ServerAccess access) {
        return new ServerPackages(ServerRelease.NAME, limits, clock, access);
    }

    List<Library> all() {
        return List.of(new Base64Package(), new FernetPackage(clock), http, new JsonPackage(),
                new LogPackage(System.getLogger(LOG)), new MutexPackage(), new SleepPackage(), sqlite,
                new TemplatePackage(), new TinyssePackage(version, clock, access), new UrlPackage(), new UuidPackage());
    }

    /** Closes databases and connections; to be called when no script runs any more. */
    @Override
    public void close() {
        sqlite.close();
        http.close();
    }
}
