package dev.plumbline.agent.probe;

import java.util.concurrent.CompletableFuture;

/**
 * What is said on one connection that stands; one class for each kind of probe.
 *
 * <p>Called on the connection's loop. The future completes there, always normally, soon after the talk's deadline at the
 * latest; the conversation closes the channel.
 */
@FunctionalInterface
interface Conversation {
    CompletableFuture<Said> hold(Talk talk);
}
