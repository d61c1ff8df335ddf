/**
 * Who may be an agent: the site's authority, invitations and the certificates given for them, revocation, and the audit log; and in
 * the same file the tokens of people and tools.
 *
 * <p>A host without a certificate reaches one rpc on a port of its own, over TLS that proves the collector to it by the
 * fingerprint in its token; what the token's secret proves of the host stands in {@code EnrolmentFile}. A token is spent in the
 * transaction that keeps its certificate. When the answer is lost after that, by a crash at either end, the host asks again with
 * the same key, which it keeps on its disk before it first asks, and is given the same certificate until the token ends; another
 * key is refused. A renewal's key is new each time: its answer is asked for again over the key before, until the new one has
 * renewed, and any other key renews nothing. Revocation is of the identity and for ever.
 */
@NullMarked
package dev.plumbline.collector.enrol;

import org.jspecify.annotations.NullMarked;
