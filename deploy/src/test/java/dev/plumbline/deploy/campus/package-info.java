/** Looks at the simulated campus with clients that share nothing with it. */
@NullMarked
package dev.plumbline.deploy.campus;

import org.jspecify.annotations.NullMarked;
