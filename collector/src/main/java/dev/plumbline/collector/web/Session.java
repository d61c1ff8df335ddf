package dev.plumbline.collector.web;

import dev.plumbline.collector.access.Asker;
import dev.plumbline.collector.enrol.Admission;
import java.time.Instant;

/**
 * Somebody who signed in.
 *
 * @param key names it within the collector; not what the browser keeps
 * @param endsAt never later than the token does
 */
record Session(String key, Admission.Granted granted, Instant endsAt) {
    Asker asker() {
        return granted.asker();
    }

    String tokenId() {
        return granted.tokenId();
    }
}
