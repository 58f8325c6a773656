package io.sightline.runtime.certificate;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Reads, from the beginning of a TLS handshake, when the first certificate of a server's chain expires. */
final class CertificateExpiry {
    private static final int TIMEOUT_MILLIS = 5_000;

    private CertificateExpiry() {}

    /** Throws {@link IOException} when the server shows none. */
    static Instant of(InetSocketAddress server) throws IOException {
        Witness witness = new Witness();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(server.getHostString(), server.getPort()), TIMEOUT_MILLIS);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {witness}, new SecureRandom());
            try (SSLSocket socket = (SSLSocket)
                    context.getSocketFactory().createSocket(plain, server.getHostString(), server.getPort(), true)) {
                socket.startHandshake();
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        } catch (IOException e) {
            // the witness ends the handshake when it has seen enough
            if (witness.seen.isEmpty()) {
                throw e;
            }
        }
        return witness.seen.stream()
                .map(X509Certificate::getNotAfter)
                .map(Date::toInstant)
                .min(Instant::compareTo)
                .orElseThrow(() -> new IOException(server + " showed no certificate"));
    }

    /** Looks at the chain and then refuses it: nothing is ever said over such a connection, so nobody need be trusted. */
    private static final class Witness implements X509TrustManager {
        private final List<X509Certificate> seen = new ArrayList<>();

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            seen.addAll(Arrays.asList(chain));
            throw new CertificateException("seen");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("this is no server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
