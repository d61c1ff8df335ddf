/** What the services that revoke certificates are asked, and what is read out of their answers: DER, bounded, never thrown at. */
@NullMarked
package dev.plumbline.agent.revocation;

import org.jspecify.annotations.NullMarked;
