package dev.tinysse.luahooks.packages;

import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.luahooks.packages.support.ObjectType;
import dev.tinysse.luahooks.uuid.RisingUuids;
import java.util.UUID;
import org.luaj.vm2.LuaString;

/** The package {@code uuid}: random identifiers, and such as rise with time. */
public final class UuidPackage implements Library {

    /** One for the process, so that identifiers rise also from one engine to the next. */
    private static final RisingUuids RISING = new RisingUuids();

    @Override
    public void open(LuaRuntime runtime) {
        ObjectType.named(runtime, "Uuid", UuidPackage.class)
                .call(_ -> text(UUID.randomUUID()))
                .function("v4", _ -> text(UUID.randomUUID()))
                .function("v7", _ -> text(RISING.next()))
                .install("uuid", this);
    }

    private static LuaString text(UUID uuid) {
        return Strings.of(uuid.toString());
    }
}
