package dev.plumbline.agent.pac;

/** One call of FindProxyForURL. */
public record PacQuestion(String url, String host) {}
