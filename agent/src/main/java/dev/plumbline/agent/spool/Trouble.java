package dev.plumbline.agent.spool;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that the spool cannot be written, and once that it can again, with what was not kept between. Any thread. */
final class Trouble {
    private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);

    private boolean current;
    private long unwritten;

    synchronized void begins(String why) {
        if (!current) {
            LOG.error("the spool cannot be written, measurements are lost until it can: {}", why);
        }
        current = true;
    }

    /** So many observations were not kept. */
    synchronized void lost(long observations) {
        unwritten += observations;
    }

    /** Something was written. */
    synchronized void ends() {
        if (current) {
            LOG.warn("the spool can be written again; {} observations were not kept", unwritten);
        }
        current = false;
        unwritten = 0;
    }
}
