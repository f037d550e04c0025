package dev.tinysse.server.admin;

import dev.tinysse.server.component.StartException;

/** Makes the admin API. Found by {@link java.util.ServiceLoader}, and only by servers with {@code --admin-listen}. */
public interface AdminProvider {
    /**
     * Makes it.
     *
     * @param parts what operators look at
     * @throws StartException if the token of the operators cannot be read
     */
    Admin open(AdminParts parts) throws StartException;
}
