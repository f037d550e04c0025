package dev.tinysse.examples.js;

import dev.tinysse.api.HookProvider;
import dev.tinysse.api.tck.HookProviderContract;

class JsContractTest extends HookProviderContract {

    @Override
    protected HookProvider provider() {
        return new JsHookProvider();
    }
}
