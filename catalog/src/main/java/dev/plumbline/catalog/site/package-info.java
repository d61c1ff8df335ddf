/** The organisation's network as declared: site, segments, what they are used for. */
@NullMarked
package dev.plumbline.catalog.site;

import org.jspecify.annotations.NullMarked;
