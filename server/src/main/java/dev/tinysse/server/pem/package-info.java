/** Keys and certificates in PEM files, as openssl and the like write them. */
package dev.tinysse.server.pem;
