package dev.plumbline.deploy.campus;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a middlebox or a server reads from a ClientHello before it answers (RFC 8446 4.1.2).
 *
 * @param serverName SNI in lower case, empty when none was sent (RFC 6066 3)
 * @param protocols the ALPN offer in order, empty when none was sent (RFC 7301 3.1)
 */
record ClientHello(String serverName, List<String> protocols) {
    private static final int VERSION_AND_RANDOM = 2 + 32;
    private static final int SERVER_NAME = 0;
    private static final int ALPN = 16;

    /**
     * @param body the handshake message behind its four-byte header; its indices stay as they are
     * @throws IndexOutOfBoundsException when a length in it leads beyond its end
     */
    static ClientHello parse(ByteBuf body) {
        ByteBuf in = body.slice().skipBytes(VERSION_AND_RANDOM);
        in.skipBytes(in.readUnsignedByte());
        in.skipBytes(in.readUnsignedShort());
        in.skipBytes(in.readUnsignedByte());
        String name = "";
        List<String> protocols = new ArrayList<>();
        if (in.isReadable()) {
            ByteBuf extensions = in.readSlice(in.readUnsignedShort());
            while (extensions.isReadable()) {
                int type = extensions.readUnsignedShort();
                ByteBuf value = extensions.readSlice(extensions.readUnsignedShort());
                if (type == SERVER_NAME && value.isReadable()) {
                    // List length and the name type, of which only host_name exists.
                    name = text(value.skipBytes(3), value.readUnsignedShort()).toLowerCase(Locale.ROOT);
                } else if (type == ALPN) {
                    value.skipBytes(2);
                    while (value.isReadable()) {
                        protocols.add(text(value, value.readUnsignedByte()));
                    }
                }
            }
        }
        return new ClientHello(name, protocols);
    }

    private static String text(ByteBuf in, int length) {
        return in.readCharSequence(length, StandardCharsets.US_ASCII).toString();
    }
}
