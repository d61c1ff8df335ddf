package dev.plumbline.deploy.campus;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** The push configuration as devices fetch it: a property list that holds another one, its signer and the signature. */
final class Bag {
    private static final String PLIST =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict>%s</dict></plist>\n";

    private Bag() {}

    /** @param chain the signer's, leaf first */
    static String signed(PrivateKey key, List<X509Certificate> chain) {
        byte[] inner = PLIST.formatted("<key>APNSCourierHostcount</key><integer>50</integer>"
                        + "<key>APNSCourierHostname</key><string>courier.push.apple.com</string>"
                        + "<key>APNSCourierStatus</key><true/>")
                .getBytes(StandardCharsets.UTF_8);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(inner);
            StringBuilder certificates = new StringBuilder();
            for (X509Certificate certificate : chain) {
                certificates.append(data(certificate.getEncoded()));
            }
            return PLIST.formatted("<key>signature</key>" + data(signature.sign()) + "<key>certs</key><array>"
                    + certificates + "</array><key>bag</key>" + data(inner));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign the configuration bag", e);
        }
    }

    private static String data(byte[] bytes) {
        return "<data>" + Base64.getEncoder().encodeToString(bytes) + "</data>";
    }
}
