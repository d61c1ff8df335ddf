/** Sockets, names and TLS as facts: one owner of event loops, every outcome a value, nothing judged. */
@NullMarked
package dev.plumbline.agent.net;

import org.jspecify.annotations.NullMarked;
