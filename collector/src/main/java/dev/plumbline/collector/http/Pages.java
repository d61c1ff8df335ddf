package dev.plumbline.collector.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import dev.plumbline.collector.people.Admittance;
import java.util.List;
import java.util.Optional;

/** What the port serves to browsers. */
public interface Pages {
    /** None. */
    Pages NONE = new Pages() {
        @Override
        public List<HttpRoute> routes(Admittance admittance) {
            return List.of();
        }

        @Override
        public Optional<AggregatedHttpResponse> refused(RequestHeaders headers, HttpStatus status, String sentence) {
            return Optional.empty();
        }
    };

    /** @param admittance at the port that they are served at */
    List<HttpRoute> routes(Admittance admittance);

    /**
     * What is told of a request that reached no service, or broke one.
     *
     * @return empty where it did not come from a browser
     */
    Optional<AggregatedHttpResponse> refused(RequestHeaders headers, HttpStatus status, String sentence);
}
