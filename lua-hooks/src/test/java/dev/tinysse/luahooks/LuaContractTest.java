package dev.tinysse.luahooks;

import dev.tinysse.api.HookProvider;
import dev.tinysse.api.tck.HookProviderContract;

class LuaContractTest extends HookProviderContract {

    @Override
    protected HookProvider provider() {
        return new LuaHookProvider();
    }
}
