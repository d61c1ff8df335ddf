/** Who is who: SPIFFE ids in certificates, and the TLS material that proves them. */
@NullMarked
package dev.plumbline.identity;

import org.jspecify.annotations.NullMarked;
