package dev.plumbline.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Paths of pages. */
final class LinksTest {
    @Test
    void whatStandsInThemCannotLeaveItsPlace() {
        assertThat(Links.target("student-wifi", "courier:5223"))
                .isEqualTo("/segments/student-wifi/targets/courier:5223");
        assertThat(Links.segment("a/../b?c#d\"<x> y")).isEqualTo("/segments/a%2F..%2Fb%3Fc%23d%22%3Cx%3E%20y");
        assertThat(Links.with(Links.with("/", "at", ""), "service", "a&b=c")).isEqualTo("/?service=a%26b%3Dc");
        assertThat(Links.with("/?by=targets", "at", "2026-11-01T10:00:00Z"))
                .isEqualTo("/?by=targets&at=2026-11-01T10:00:00Z");
    }
}
