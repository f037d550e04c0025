package dev.tinysse.admin;

import dev.tinysse.server.admin.Admin;
import dev.tinysse.server.admin.AdminParts;
import dev.tinysse.server.admin.AdminProvider;
import dev.tinysse.server.component.StartException;

/** Makes the admin API with the console. */
public final class AdminApiProvider implements AdminProvider {
    @Override
    public Admin open(AdminParts parts) throws StartException {
        return new AdminApi(parts);
    }
}
