package dev.plumbline.agent.net;

import dev.plumbline.words.Lookup;

/**
 * What came of one question to one resolver.
 *
 * @param echoedName the question's name as the answer repeats it, letter case kept; empty without an answer
 */
public record DnsHeard(Lookup lookup, String echoedName) {}
