/** The whole product on the simulated campus, asked as a user asks it. */
@NullMarked
package dev.plumbline.deploy.e2e;

import org.jspecify.annotations.NullMarked;
