/**
 * Templates in the dialect of MiniJinja, independent of the server and of Lua.
 */
module dev.tinysse.jinja {
    requires dev.tinysse.api;

    exports dev.tinysse.jinja;
}
