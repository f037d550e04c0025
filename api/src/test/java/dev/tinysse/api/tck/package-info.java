/**
 * The kit that tells whether a provider for a language keeps the contract: extend
 * {@link dev.tinysse.api.tck.HookProviderContract} and write a script for each {@link dev.tinysse.api.tck.Behaviour}.
 */
package dev.tinysse.api.tck;
