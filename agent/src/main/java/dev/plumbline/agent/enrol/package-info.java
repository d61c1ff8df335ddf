/**
 * How this host becomes an agent and stays one: its key is made here and never leaves, and nothing is trusted but the authority
 * with the token's fingerprint. What is written appears at once or not at all.
 */
@NullMarked
package dev.plumbline.agent.enrol;

import org.jspecify.annotations.NullMarked;
