package dev.plumbline.words;

/**
 * The kernel's account of a connection at one moment (TCP_INFO). After a silent handshake it tells whose packets are
 * missing: nothing unacknowledged means that the ClientHello arrived, and that the answer was lost or withheld.
 *
 * @param unacknowledged segments sent that the peer did not acknowledge
 * @param retransmits segments sent again, in all
 * @param pathMtu in bytes, as the kernel believes it to be
 */
public record TcpState(int unacknowledged, int retransmits, int pathMtu) {}
