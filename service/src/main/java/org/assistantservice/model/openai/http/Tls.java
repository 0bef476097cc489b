package org.assistantservice.model.openai.http;

import io.netty.handler.ssl.SslHandler;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/// Encrypts connections, and checks that the certificate is one for the host.
record Tls(SSLContext context) {
    /// Trusts whom the JDK trusts.
    static Tls ofTheJdk() {
        try {
            return new Tls(SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no TLS", e);
        }
    }

    /// For one connection. The arithmetic of its handshake is done on virtual threads, so that the
    /// other streams of the event loop do not wait for it.
    SslHandler handler(Origin origin) {
        SSLEngine engine = context.createSSLEngine(origin.host(), origin.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return new SslHandler(engine, Thread::startVirtualThread);
    }
}
