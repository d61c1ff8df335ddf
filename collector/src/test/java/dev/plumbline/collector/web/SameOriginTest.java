package dev.plumbline.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From which pages a form is taken. */
final class SameOriginTest {
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # Sec-Fetch-Site | Origin                        | Host                   | taken
            same-origin      |                               | plumbline.campus:50054 | true
            same-origin      | https://plumbline.campus      | 10.0.0.1:50054         | true
            same-site        | https://other.campus          | plumbline.campus       | false
            cross-site       | https://plumbline.campus      | plumbline.campus       | false
            none             |                               | plumbline.campus       | false
                             | https://plumbline.campus      | plumbline.campus       | true
                             | https://plumbline.campus:8443 | Plumbline.Campus:8443  | true
                             | http://127.0.0.1:50054        | 127.0.0.1:50054        | true
                             | https://plumbline.campus.evil | plumbline.campus       | false
                             | https://plumbline.campus:8443 | plumbline.campus       | false
                             | null                          | plumbline.campus       | false
                             |                               | plumbline.campus       | false
                             | https://plumbline.campus      |                        | false
            """)
    void whatDoesNotSayItComesFromHereIsNotTaken(
            @Nullable String site, @Nullable String origin, @Nullable String host, boolean isTaken) {
        assertThat(SameOrigin.sent(Optional.ofNullable(site), Optional.ofNullable(origin), Optional.ofNullable(host)))
                .isEqualTo(isTaken);
    }
}
