/** One host, once: a round on demand and its verdict in one process, with nothing installed. */
@NullMarked
package dev.plumbline.deploy.here;

import org.jspecify.annotations.NullMarked;
