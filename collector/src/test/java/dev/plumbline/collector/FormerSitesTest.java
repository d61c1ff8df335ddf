package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormerSitesTest {
    /** Each site that is tried makes its plans: the one that was declared then is the first. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "0, 3, 0 1 2 3",
        "3, 3, 3 2 1 0",
        "2, 5, 2 1 3 0 4 5",
    })
    void theSiteOfThatTimeIsTriedFirstAndThenItsNeighbours(int then, int changes, String order) {
        assertThat(FormerSites.nearest(then, changes).stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(order);
    }
}
