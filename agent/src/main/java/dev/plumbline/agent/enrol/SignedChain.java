package dev.plumbline.agent.enrol;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;

/** A certificate that was given, with what leads from it to an authority. */
final class SignedChain {
    private SignedChain() {}

    /**
     * Checks that each was signed by the next, and the last by the authority.
     *
     * @param chain own certificate first
     * @throws GeneralSecurityException when one was not
     */
    static void verify(List<X509Certificate> chain, X509Certificate authority) throws GeneralSecurityException {
        for (int i = 0; i < chain.size(); i++) {
            X509Certificate issuer = i + 1 < chain.size() ? chain.get(i + 1) : authority;
            chain.get(i).verify(issuer.getPublicKey());
        }
    }
}
