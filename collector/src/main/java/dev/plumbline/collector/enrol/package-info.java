/** Makes the site's certificate authority and the certificates of its collector, operators and agents. */
@NullMarked
package dev.plumbline.collector.enrol;

import org.jspecify.annotations.NullMarked;
