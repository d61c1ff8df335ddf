package dev.plumbline.agent.helper;

/** What is sent back. */
enum EchoProtocol {
    /** TLS with the helper's own key: the decrypted bytes. */
    TLS,
    /** Plain HTTP: the request as it arrived, as the body. */
    HTTP,
    /** The datagram. */
    UDP
}
