package dev.plumbline.collector.http;

import dev.plumbline.identity.LiveChain;
import io.netty.handler.ssl.util.SimpleKeyManagerFactory;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.ManagerFactoryParameters;

/** A certificate that may be replaced while it is shown, in the form that Armeria takes. */
final class ShownCertificate extends SimpleKeyManagerFactory {
    private final LiveChain shown;

    ShownCertificate(LiveChain shown) {
        this.shown = shown;
    }

    @Override
    protected void engineInit(KeyStore keyStore, char[] password) {
        // It is there already.
    }

    @Override
    protected void engineInit(ManagerFactoryParameters parameters) {
        // It is there already.
    }

    @Override
    protected KeyManager[] engineGetKeyManagers() {
        return new KeyManager[] {shown};
    }
}
