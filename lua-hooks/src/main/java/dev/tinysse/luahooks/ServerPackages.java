package dev.tinysse.luahooks;

import java.util.List;

import dev.tinysse.lua.CallLimits;
import dev.tinysse.lua.runtime.Library;
import dev.tinysse.luahooks.packages.Base64Package;
import dev.tinysse.luahooks.packages.FernetPackage;
import dev.tinysse.luahooks.packages.HttpPackage;
import dev.tinysse.luahooks.packages.JsonPackage;
import dev.tinysse.luahooks.packages.LogPackage;
import dev.tinysse.luahooks.packages.MutexPackage;
import dev.tinysse.luahooks.packages.SleepPackage;
import dev.tinysse.luahooks.packages.SqlitePackage;
import dev.tinysse.luahooks.packages.TemplatePackage;
import dev.tinysse.luahooks.packages.UrlPackage;
import dev.tinysse.luahooks.packages.UuidPackage;

/** The packages that scripts find with {@code require}. */
final class ServerPackages {
    private ServerPackages() {}

    /**
     * All of them, for one engine.
     *
     * @param server name and version, as the package {@code http} sends it
     * @param limits what one call may use
     */
    static List<Library> all(String server, CallLimits limits) {
        return List.of(new Base64Package(), new FernetPackage(), new HttpPackage(server, limits), new JsonPackage(),
                new LogPackage(System.getLogger("tinysse")), new MutexPackage(), new SleepPackage(),
                new SqlitePackage(limits), new TemplatePackage(),
                new UrlPackage(), new UuidPackage());
    }
}
